using System.Collections.Immutable;
using Connector.ControlPlane.Participants;
using Connector.Policies;
using Connector.Trust;
using Connector.Trust.Keys;
using Connector.Trust.Tls;
using Microsoft.Extensions.Logging.Abstractions;

namespace Connector.Grpc.Tests.Rooms;

/// <summary>A company's identity on disk: signing keys and a TLS certificate.</summary>
internal sealed class Company : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("connector-grpc-").FullName;
    private readonly string _pin;

    public Company(string name)
    {
        (Name, Id) = (name, $"did:web:{name}.example");
        KeyFolder.Create(Keys);
        _pin = TlsCertificate.Create(File("tls.crt"), File("tls.key"), ["localhost"], TimeProvider.System, TimeSpan.FromDays(1));
    }

    public string Name { get; }

    public string Id { get; }

    public TrustOptions Trust => new()
    {
        ParticipantId = Id,
        KeysFolder = Keys,
        Tls = new TlsOptions { CertificateFile = File("tls.crt"), KeyFile = File("tls.key") },
    };

    private string Keys => File("keys");

    public string File(string name) => Path.Combine(_folder, name);

    /// <summary>How its partners know it.</summary>
    public PeerEntry AsPeer(string address) => new(
        Name,
        Id,
        address,
        null,
        new KeyRing(Id, Keys, TimeProvider.System, NullLogger<KeyRing>.Instance).PublicJwks,
        [_pin],
        "pinned",
        ImmutableDictionary<string, Claim>.Empty.Add("membership", new Claim(["active"], "test")));

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
