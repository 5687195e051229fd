using System.Collections.Immutable;

namespace Connector.Daemon.Configuration;

/// <summary>The options, or all the faults at once: exactly one of the two.</summary>
public sealed record ConfigurationResult(ConnectorOptions? Options, ImmutableArray<ConfigurationFault> Faults)
{
    public bool IsValid => Options is not null;
}
