using System.Collections.Immutable;
using Connector.ControlPlane.Participants;
using Connector.Policies;
using Connector.Trust.Keys;
using Connector.Trust.Signing;
using Connector.Trust.Tls;
using Connector.Trust.Tokens;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Connector.Trust.Tests;

/// <summary>A company with real keys and a real certificate on disk, and the trust room built over them.</summary>
internal sealed class Party : IDisposable
{
    public static readonly DateTimeOffset Start = new(2026, 11, 24, 9, 0, 0, TimeSpan.Zero);

    private readonly TemporaryFolder _folder = new();

    public Party(string name, FakeTimeProvider time, TokenOptions? options = null, ClientCertificates clients = ClientCertificates.Allowed, bool presents = false, string? clientAuthority = null, TimeSpan? validFor = null)
    {
        Name = name;
        Id = $"did:web:{name}.example";
        Time = time;
        Options = options ?? new TokenOptions();
        KeyFolder.Create(KeysFolder);
        Keys = new KeyRing(Id, KeysFolder, time, NullLogger<KeyRing>.Instance);
        TlsOptions = new TlsOptions { CertificateFile = _folder["tls.pem"], KeyFile = _folder["tls.key"], ClientCertificates = clients, PresentAsClient = presents, ClientAuthorityFile = clientAuthority };
        Pin = TlsCertificate.Create(TlsOptions.CertificateFile, TlsOptions.KeyFile, ["localhost", "127.0.0.1"], time, validFor ?? TimeSpan.FromDays(365));
        Identity = new TlsIdentity(TlsOptions, time, NullLogger<TlsIdentity>.Instance);
        Tls = new TlsPolicy(Identity, TlsOptions, Peers, time);
        PeerKeys = new PeerKeys(NullLogger<PeerKeys>.Instance);
        Signatures = new Signatures(Keys, Peers, PeerKeys);
        SelfIssued = new SelfIssuedTokens(Keys, new Ids(time), time, Options, () => Tls.PresentedPin);
        Pinned = new PinnedTokens(Id, PeerKeys, time, Options);
        Authenticator = new PeerAuthenticator(Peers, Pinned, [], Options);
    }

    public string Name { get; }

    public string Id { get; }

    public FakeTimeProvider Time { get; }

    public TokenOptions Options { get; }

    public string KeysFolder => _folder["keys"];

    public KeyRing Keys { get; }

    public TlsOptions TlsOptions { get; }

    public string Pin { get; }

    public TlsIdentity Identity { get; }

    public TlsPolicy Tls { get; }

    public Peers Peers { get; } = new();

    public PeerKeys PeerKeys { get; }

    public Signatures Signatures { get; }

    public SelfIssuedTokens SelfIssued { get; }

    public PinnedTokens Pinned { get; }

    public PeerAuthenticator Authenticator { get; }

    /// <summary>The document that others apply to know this company.</summary>
    public PeerEntry Document(string trust = "pinned", bool pinCertificate = true) => new(
        Name,
        Id,
        $"https://{Name}.example:7443",
        null,
        trust == "pinned" ? Keys.PublicJwks : [],
        pinCertificate ? [Pin] : [],
        trust,
        ImmutableDictionary<string, Claim>.Empty.Add("membership", new Claim(["active"], $"pinned peer document {Name}")));

    /// <summary>Replaces the TLS certificate and its key; the answer is the new pin.</summary>
    public string Renew()
    {
        File.Delete(TlsOptions.CertificateFile);
        File.Delete(TlsOptions.KeyFile);
        return TlsCertificate.Create(TlsOptions.CertificateFile, TlsOptions.KeyFile, ["localhost", "127.0.0.1"], Time, TimeSpan.FromDays(365));
    }

    public void Dispose() => _folder.Dispose();
}
