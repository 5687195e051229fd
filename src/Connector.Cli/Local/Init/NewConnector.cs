namespace Connector.Cli.Local.Init;

/// <summary>What <c>init</c> is told about a company and its connector.</summary>
/// <param name="Folder">Absolute path of the folder to make.</param>
/// <param name="Id">Its DID.</param>
/// <param name="Name">Its name for people.</param>
/// <param name="Host">The host name or address by which peers reach it.</param>
/// <param name="Port">TCP port for peers.</param>
/// <param name="ManagementPort">TCP port for the operator.</param>
internal sealed record NewConnector(
    string Folder,
    string Id,
    string Name,
    string? CorporateNumber,
    string? Bpn,
    string? Lei,
    string Host,
    int Port,
    int ManagementPort)
{
    /// <summary>A short local name for its Peer document: the last path part of the DID, or the first label of its host.</summary>
    public string PeerName
    {
        get
        {
            var parts = Id.Split(':');
            var last = parts.Length > 3 ? parts[^1] : parts[2].Split('.', '%')[0];
            return string.Concat(last.ToLowerInvariant().Select(c => char.IsAsciiLetterOrDigit(c) ? c : '-')).Trim('-');
        }
    }

    /// <summary>Where peers reach it.</summary>
    public string Address => $"https://{(Host.Contains(':', StringComparison.Ordinal) ? $"[{Host}]" : Host)}:{Port}";
}
