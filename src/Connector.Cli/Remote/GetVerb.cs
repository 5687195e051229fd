using System.CommandLine;
using Connector.Cli.Output;
using Connector.Management.V1;
using Grpc.Core;

namespace Connector.Cli.Remote;

/// <summary><c>connector get</c>: lists what the connector knows of one kind, or shows one of them whole.</summary>
internal static class GetVerb
{
    private static readonly string[] s_kinds = ["peers", "policies", "datasets", "offers", "vocabularies", "negotiations", "agreements", "transfers", "refusals", "evidence"];

    public static Command Build(RemoteVerb remote)
    {
        var verb = RemoteVerb.Named(
            "get",
            "List what the connector knows of one kind, or show one of them whole",
            "connector get offers",
            "connector get policies cfp-direct-customers",
            "connector get negotiations --peer acme -o json",
            "connector get refusals",
            "connector get evidence");
        var kind = verb.With(new Argument<string>("kind") { HelpName = "kind", Description = string.Join(", ", s_kinds) });
        kind.AcceptOnlyFromAmong([.. s_kinds, "peer", "policy", "dataset", "offer", "vocabulary", "negotiation", "agreement", "transfer", "refusal"]);
        var id = verb.With(new Argument<string?>("id") { Description = "Only this one, whole", Arity = ArgumentArity.ZeroOrOne });
        var peer = verb.With(new Option<string?>("--peer") { Description = "Only with this peer (negotiations, agreements, transfers, refusals)", HelpName = "PEER" });
        var limit = verb.With(new Option<int>("--limit") { Description = "At most so many, the newest first (negotiations, agreements, transfers, refusals)", HelpName = "N", DefaultValueFactory = _ => 100 });
        remote.Does(verb, async call =>
        {
            var word = call.Parsed.GetRequiredValue(kind);
            var one = call.Parsed.GetValue(id);
            var list = new ListRequest { Peer = call.Parsed.GetValue(peer) ?? "", Limit = call.Parsed.GetValue(limit) };
            await ((word, one) switch
            {
                ("evidence", _) => EvidenceAsync(call),
                ("negotiation" or "negotiations", null) => NegotiationsAsync(call, list),
                ("negotiation" or "negotiations", _) => GetDetails.NegotiationAsync(call, one),
                ("agreement" or "agreements", null) => AgreementsAsync(call, list),
                ("agreement" or "agreements", _) => GetDetails.AgreementAsync(call, one),
                ("transfer" or "transfers", null) => TransfersAsync(call, list),
                ("transfer" or "transfers", _) => GetDetails.TransferAsync(call, one),
                ("refusal" or "refusals", null) => RefusalsAsync(call, list),
                ("refusal" or "refusals", _) => throw new Failure("a refusal is shown whole by its explanation", $"connector policy explain {one}", ExitCode.WrongUsage),
                _ => GetDetails.DocumentsAsync(call, word, one),
            });
            return ExitCode.Done;
        });
        return verb;
    }

    private static Task NegotiationsAsync(Call call, ListRequest request)
    {
        var client = new NegotiationService.NegotiationServiceClient(call.Connection.Calls);
        return call.Screen.ShowAsync(ListPages.Of(request, page => client.ListAsync(page, cancellationToken: call.Cancel).ResponseAsync, static reply => reply.Negotiations, n => n.Id), MessageJson.Of, new RowPages<Negotiation>(
            "no negotiations",
            ("ID", n => n.Id),
            ("STATE", n => n.State),
            ("ROLE", n => n.Role),
            ("PEER", n => n.Peer),
            ("OFFER", n => n.Offer),
            ("CHANGED", n => Rows.Time(n.UpdatedAt)),
            ("NOTE", n => n.LastError.Length > 0 ? n.LastError : NegotiationWatch.WaitsForOperator(n) ? "waits for you" : NegotiationWatch.Because(n.Termination))));
    }

    private static Task AgreementsAsync(Call call, ListRequest request)
    {
        var client = new AgreementService.AgreementServiceClient(call.Connection.Calls);
        return call.Screen.ShowAsync(ListPages.Of(request, page => client.ListAsync(page, cancellationToken: call.Cancel).ResponseAsync, static reply => reply.Agreements, a => a.Id), MessageJson.Of, new RowPages<Agreement>(
            "no agreements",
            ("ID", a => a.Id),
            ("STATE", a => a.State),
            ("ROLE", a => a.Role),
            ("PEER", a => a.Peer),
            ("DATASET", a => a.Dataset),
            ("SIGNED", a => Rows.Time(a.SignedAt)),
            ("NOTE", a => a.End is null ? DutyRows.Waits(a) : $"{a.End.Code}: {a.End.Reason}")));
    }

    private static Task TransfersAsync(Call call, ListRequest request)
    {
        var client = new TransferService.TransferServiceClient(call.Connection.Calls);
        return call.Screen.ShowAsync(ListPages.Of(request, page => client.ListAsync(page, cancellationToken: call.Cancel).ResponseAsync, static reply => reply.Transfers, t => t.Id), MessageJson.Of, new RowPages<Transfer>(
            "no transfers",
            ("ID", t => t.Id),
            ("STATE", t => t.State),
            ("ROLE", t => t.Role),
            ("PEER", t => t.Peer),
            ("DATASET", t => t.Dataset),
            ("CHANGED", t => Rows.Time(t.UpdatedAt)),
            ("NOTE", t => t.LastError.Length > 0 ? t.LastError : NegotiationWatch.Because(t.Termination))));
    }

    private static Task RefusalsAsync(Call call, ListRequest request)
    {
        var client = new TransferService.TransferServiceClient(call.Connection.Calls);
        return call.Screen.ShowAsync(ListPages.Of(request, page => client.ListRefusedAsync(page, cancellationToken: call.Cancel).ResponseAsync, static reply => reply.Refused, r => r.Id), MessageJson.Of, new RowPages<RefusedTransfer>(
            "no request for data was refused",
            ("ID", r => r.Id),
            ("AT", r => Rows.Time(r.At)),
            ("PEER", r => r.Peer),
            ("CODE", r => r.Code),
            ("TOLD", r => r.Reason)));
    }

    private static async Task EvidenceAsync(Call call)
    {
        using var stream = new EvidenceService.EvidenceServiceClient(call.Connection.Calls).List(new ListEvidenceRequest(), cancellationToken: call.Cancel);
        await call.Screen.ShowAsync(stream.ResponseStream.ReadAllAsync(call.Cancel).Chunk(ListPages.Size), MessageJson.Of, new RowPages<EvidenceEntry>(
            "the log is empty",
            ("SEQUENCE", e => e.Sequence.ToString(System.Globalization.CultureInfo.InvariantCulture)),
            ("AT", e => Rows.Time(e.At)),
            ("KIND", e => e.Kind),
            ("SUBJECT", e => e.Subject),
            ("PEER", e => e.Peer),
            ("HASH", e => e.Hash.Length > 16 ? e.Hash[..16] : e.Hash)));
    }
}
