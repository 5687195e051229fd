using System.Globalization;
using Connector.ControlPlane;

namespace Connector.Simulation.Tests;

/// <summary>Ids that repeat with the seed.</summary>
internal sealed class CountedIds : IIds
{
    private long _next;

    public string NewId() => $"urn:uuid:{(++_next).ToString("x8", CultureInfo.InvariantCulture)}";

    public string NewSecret() => $"secret-{++_next}";
}
