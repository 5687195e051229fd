using System.CommandLine;
using Connector.Cli.Local.Init;
using Connector.Daemon.Configuration;
using Connector.Trust;
using Connector.Trust.Keys;
using Connector.Trust.Tls;
using Microsoft.Extensions.Logging.Abstractions;

namespace Connector.Cli.Local;

/// <summary><c>connector introduce</c>: the Peer document by which partners know this connector, with the keys it has now.</summary>
internal static class IntroduceVerb
{
    public static Command Build()
    {
        var verb = new Verb(
            "introduce",
            "Print the Peer document by which partners know this connector, with the keys it has now",
            "connector introduce > peer.yaml")
        {
            VerbOptions.Config,
        };
        verb.SetAction(parsed => parsed.InvocationConfiguration.Output.Write(Of(OwnManagement.Configured(VerbOptions.ConfigPath(parsed))).Text()));
        return verb;
    }

    private static PeerDocument Of(ConnectorOptions options)
    {
        try
        {
            var keys = new KeyRing(options.Participant.Id, options.Trust.KeysFolder, TimeProvider.System, NullLogger<KeyRing>.Instance);
            var identity = new TlsIdentity(options.Trust.Tls, TimeProvider.System, NullLogger<TlsIdentity>.Instance);
            return new PeerDocument(options.Participant, AddressOf(options.Listen.Peers), keys.PublicJwks, identity.Pin);
        }
        catch (TrustException e)
        {
            throw new Failure(e.Message);
        }
    }

    private static string AddressOf(PeerListenerOptions listen) => listen.PublicAddress?.GetLeftPart(UriPartial.Path).TrimEnd('/')
        ?? throw new Failure("listen.peers.publicAddress is not given, so that partners could not be told where to call", "set it to https://host:port as partners reach it");
}
