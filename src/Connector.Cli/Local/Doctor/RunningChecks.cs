using System.Globalization;
using Connector.Cli.Remote;
using Connector.Management.V1;
using Grpc.Core;
using Status = Connector.Management.V1.Status;

namespace Connector.Cli.Local.Doctor;

/// <summary>What the running connector says about itself, its peers and its evidence.</summary>
internal static class RunningChecks
{
    public static async Task<IReadOnlyList<Finding>> OfAsync(ManagementAddress address, CancellationToken cancel)
    {
        using var connection = new Connection(address);
        try
        {
            var status = await new StatusService.StatusServiceClient(connection.Calls).GetAsync(new GetStatusRequest { ProbePeers = true }, cancellationToken: cancel);
            var report = await new EvidenceService.EvidenceServiceClient(connection.Calls).VerifyAsync(new VerifyEvidenceRequest(), cancellationToken: cancel);
            return [Running(status, address), Effects(status), .. status.Peers.Select(Peer), Evidence(report)];
        }
        catch (RpcException e) when (!cancel.IsCancellationRequested)
        {
            var failure = RemoteFailure.Of(e, address);
            return [Finding.Wrong("connector", failure.Message, failure.Mend ?? "")];
        }
    }

    private static Finding Running(Status status, ManagementAddress address) =>
        Finding.Well("connector", $"{status.ParticipantId}, version {status.Version}, for peers at {status.GrpcAddress}, for its operator at {address.Uri.Authority}");

    private static Finding Effects(Status status) => status.PendingEffects == 0
        ? Finding.Well("work to do", "nothing waits")
        : new Finding("work to do", Health.Doubtful, string.Create(CultureInfo.InvariantCulture, $"{status.PendingEffects} messages or transfers wait to be done"), "'connector get negotiations' and 'get transfers' show the last error of each");

    private static Finding Peer(PeerStatus peer) => peer.Reachable
        ? Finding.Well($"peer {peer.Name}", $"answers at {peer.Address}")
        : new Finding($"peer {peer.Name}", Health.Doubtful, $"does not answer at {peer.Address}: {peer.Error}", "ask the partner whether it runs, and whether your firewalls let the port through");

    private static Finding Evidence(EvidenceReport report) => report.Faults.Count == 0
        ? Finding.Well("evidence", string.Create(CultureInfo.InvariantCulture, $"{report.Entries} entries, all intact"))
        : Finding.Wrong("evidence", report.Faults[0].What, "'connector audit verify' lists all; restore the store from a backup and keep this one for an inquiry");
}
