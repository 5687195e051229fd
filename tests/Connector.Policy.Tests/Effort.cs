using System.Globalization;

namespace Connector.Policy.Tests;

/// <summary>
/// How often the properties are tried. A run for the mutation score runs every test for every mutant, and asks for less of it:
/// CONNECTOR_TEST_EFFORT is per cent of the normal number, which stays as it is when the variable is not set.
/// </summary>
internal static class Effort
{
    private static readonly int s_percent =
        int.TryParse(Environment.GetEnvironmentVariable("CONNECTOR_TEST_EFFORT"), NumberStyles.None, CultureInfo.InvariantCulture, out var percent) ? percent : 100;

    public static int Of(int iterations) => Math.Max(1, (int)((long)iterations * s_percent / 100));
}
