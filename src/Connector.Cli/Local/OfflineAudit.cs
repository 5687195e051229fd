using Connector.ControlPlane.Evidence;
using Connector.ControlPlane.Publications;
using Connector.ControlPlane.Stores;
using Connector.Daemon.Configuration;
using Connector.Storage;
using Connector.Trust;
using Connector.Trust.Keys;
using Connector.Trust.Signing;
using Microsoft.Extensions.Logging.Abstractions;
using Reports = Connector.Management.V1;

namespace Connector.Cli.Local;

/// <summary>Verifies the evidence by the store's file and the connector's keys alone, without believing a running connector.</summary>
internal static class OfflineAudit
{
    /// <exception cref="Failure">The configuration, the keys or the store cannot be read.</exception>
    public static async Task<Reports.EvidenceReport> VerifyAsync(string configuration, CancellationToken cancel)
    {
        var options = OwnManagement.Configured(configuration);
        try
        {
            var report = await VerifyAsync(options, cancel);
            var answer = new Reports.EvidenceReport { Entries = report.Entries };
            answer.Faults.Add(report.Faults.Select(fault => new Reports.EvidenceFault { Sequence = fault.Sequence, What = fault.What }));
            return answer;
        }
        catch (Exception e) when (e is StoreException or TrustException)
        {
            throw new Failure(e.Message);
        }
    }

    private static async Task<EvidenceReport> VerifyAsync(ConnectorOptions options, CancellationToken cancel)
    {
        var keys = new KeyRing(options.Participant.Id, options.Trust.KeysFolder, TimeProvider.System, NullLogger<KeyRing>.Instance);
        var signatures = new Signatures(keys, new PeerDirectory(new Library()), new PeerKeys(NullLogger<PeerKeys>.Instance));
        using var store = SqliteReads.OpenExisting(options.Store.Sqlite);
        return await new EvidenceService(store, store, signatures).VerifyAsync(cancel);
    }
}
