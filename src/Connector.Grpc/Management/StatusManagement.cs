using System.Diagnostics;
using Connector.ControlPlane.Catalogs;
using Connector.ControlPlane.Events;
using Connector.ControlPlane.Evidence;
using Connector.ControlPlane.Participants;
using Connector.ControlPlane.Publications;
using Connector.ControlPlane.Stores;
using Connector.Grpc.Calls;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using V1 = Connector.Management.V1;

namespace Connector.Grpc.Management;

/// <summary>The evidence log, for the operator.</summary>
public sealed class EvidenceManagement(IEvidenceStore evidence, EvidenceService service) : V1.EvidenceService.EvidenceServiceBase
{
    public override async Task List(V1.ListEvidenceRequest request, IServerStreamWriter<V1.EvidenceEntry> responseStream, ServerCallContext context)
    {
        await foreach (var entry in evidence.ReadAsync(Math.Max(1, request.From), context.CancellationToken))
        {
            await responseStream.WriteAsync(ManagementWire.Write(entry), context.CancellationToken);
        }
    }

    public override async Task<V1.EvidenceReport> Verify(V1.VerifyEvidenceRequest request, ServerCallContext context)
    {
        var report = await service.VerifyAsync(context.CancellationToken);
        return new V1.EvidenceReport { Entries = report.Entries, Faults = { report.Faults.Select(f => new V1.EvidenceFault { Sequence = f.Sequence, What = f.What }) } };
    }
}

/// <summary>The connector itself, for the operator.</summary>
public sealed class StatusManagement(Participant self, GrpcRoomOptions options, IServiceProvider services, Library library, IPeerDirectory peers, CatalogService catalogs, Happenings happenings, Ending ending)
    : V1.StatusService.StatusServiceBase
{
    public override async Task<V1.Status> Get(V1.GetStatusRequest request, ServerCallContext context)
    {
        var present = options.Status(services);
        using var process = Process.GetCurrentProcess();
        var status = new V1.Status
        {
            ParticipantId = self.Id,
            Name = self.Name,
            Version = present.Version,
            GrpcAddress = self.GrpcAddress ?? "",
            DspAddress = self.DspAddress ?? "",
            StartedAt = present.StartedAt.ToTimestamp(),
            PendingEffects = present.PendingEffects,
            ResidentBytes = process.WorkingSet64,
            PeakResidentBytes = process.PeakWorkingSet64,
        };
        foreach (var kind in library.Current.Documents.Keys.GroupBy(k => k.Kind))
        {
            status.Documents.Add(kind.Key.ToString(), kind.Count());
        }

        foreach (var peer in peers.All.OrderBy(p => p.Name, StringComparer.Ordinal))
        {
            status.Peers.Add(await ProbeAsync(peer, request.ProbePeers, context.CancellationToken));
        }

        return status;
    }

    public override async Task Watch(V1.WatchRequest request, IServerStreamWriter<V1.Happening> responseStream, ServerCallContext context)
    {
        using var until = ending.Of(context);
        using var watch = happenings.Open(request.Kind.Length == 0 ? null : h => h.Kind == request.Kind);
        await context.WriteResponseHeadersAsync([]);
        await foreach (var happening in watch.ReadAllAsync(until.Token))
        {
            await responseStream.WriteAsync(ManagementWire.Write(happening), until.Token);
        }
    }

    private async ValueTask<V1.PeerStatus> ProbeAsync(PeerEntry peer, bool probe, CancellationToken cancel)
    {
        var status = new V1.PeerStatus { Name = peer.Name, ParticipantId = peer.ParticipantId, Address = peer.GrpcAddress ?? peer.DspAddress ?? "" };
        if (probe)
        {
            var refusal = (await catalogs.RequestAsync(peer.ParticipantId, null, cancel)).Refusal;
            status.Reachable = refusal is null;
            status.Error = refusal?.ToString() ?? "";
        }

        return status;
    }
}
