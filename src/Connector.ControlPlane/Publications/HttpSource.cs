using System.Collections.Immutable;
using System.Net;

namespace Connector.ControlPlane.Publications;

/// <summary>A source that is asked over HTTP: where it is, what a consumer may add to its address, and how this connector shows it who asks.</summary>
/// <param name="Address">Absolute, http or https, without user information. Never told to a peer.</param>
public sealed record HttpSource(Uri Address)
{
    /// <summary>Paths beneath the address that a consumer may ask for, beside the address itself: parts with '/' between, <c>*</c> for any one part, <c>**</c> at the end for any number.</summary>
    public ImmutableArray<string> Paths { get; init; } = [];

    /// <summary>Names of the query parameters that a consumer may set.</summary>
    public ImmutableArray<string> Query { get; init; } = [];

    /// <summary>Header fields that every request carries and that are no secret.</summary>
    public ImmutableSortedDictionary<string, string> Headers { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    public ImmutableArray<SourceCredential> Credentials { get; init; } = [];

    /// <summary>Networks that this source may be in although they are not public, beside those of the configuration.</summary>
    public ImmutableArray<IPNetwork> AllowedNetworks { get; init; } = [];

    /// <summary>Longest answer that is taken from it, bytes.</summary>
    public long MaxBytes { get; init; } = 64L * 1024 * 1024 * 1024;

    /// <summary>Tells one source from another: whatever changes its answers, or what is taken of them, is in it, and no secret.</summary>
    public string Key => string.Join('\n', [
        Address.AbsoluteUri,
        $"{MaxBytes}",
        .. AllowedNetworks.Select(n => n.ToString()),
        .. Headers.Select(h => $"{h.Key}: {h.Value}"),
        .. Credentials.Select(c => c.ToString())]);
}

/// <summary>A header field that holds a secret.</summary>
/// <param name="Header">The field's name.</param>
/// <param name="Scheme"><c>Bearer</c>, <c>Basic</c>, or null when the field is the secret alone.</param>
/// <param name="User">The user of <c>Basic</c>.</param>
public sealed record SourceCredential(string Header, string? Scheme, string? User, SecretPlace Secret);

/// <summary>Where a secret is kept: documents name the place, never the secret itself, so that whoever reads a document learns nothing.</summary>
/// <param name="File">Absolute path of a file that only its owner may read; or null.</param>
/// <param name="Variable">Environment variable of the connector's process; or null.</param>
public sealed record SecretPlace(string? File, string? Variable)
{
    public override string ToString() => File is null ? $"environment variable {Variable}" : $"file {File}";
}
