using Connector.Daemon.Configuration;

namespace Connector.Cli.Local.Init;

/// <summary>What <c>init</c> is told about a company and its connector.</summary>
/// <param name="Folder">Absolute path of the folder to make.</param>
/// <param name="Participant">Whose it is.</param>
/// <param name="Host">The host name or address by which peers reach it.</param>
/// <param name="Port">TCP port for peers.</param>
/// <param name="ManagementPort">TCP port for the operator.</param>
internal sealed record NewConnector(string Folder, ParticipantOptions Participant, string Host, int Port, int ManagementPort)
{
    /// <summary>Where peers reach it.</summary>
    public string Address => $"https://{(Host.Contains(':', StringComparison.Ordinal) ? $"[{Host}]" : Host)}:{Port}";
}
