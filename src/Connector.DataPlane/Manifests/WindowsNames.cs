using System.Buffers;
using System.Collections.Frozen;

namespace Connector.DataPlane.Manifests;

/// <summary>Names that are one file's elsewhere, and that Windows takes for something else or not at all (Microsoft, "Naming Files, Paths, and Namespaces").</summary>
internal static class WindowsNames
{
    /// <summary>What no name holds there; behind a ':' is a stream of the file before it.</summary>
    public const string Refused = "<>:\"|?*";

    private static readonly SearchValues<char> s_refused = SearchValues.Create(Refused);

    // Devices, in every folder and whatever follows a '.'.
    private static readonly FrozenSet<string> s_devices =
        new[] { "CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$" }.Concat("0123456789¹²³".SelectMany(port => new[] { $"COM{port}", $"LPT{port}" })).ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    // A '.' or ' ' at the end is dropped.
    public static bool Misread(string name) =>
        name[^1] is '.' or ' ' || name.AsSpan().ContainsAny(s_refused) || s_devices.Contains(name.Split('.')[0].TrimEnd(' '));
}
