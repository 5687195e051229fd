using Connector.Management.V1;

namespace Connector.Cli.Remote;

/// <summary>Shows documents, and single negotiations, agreements and transfers whole.</summary>
internal static class GetDetails
{
    public static async Task DocumentsAsync(Call call, string word, string? name)
    {
        var request = new ListDocumentsRequest { Kind = DocumentKind.Of(word), Name = name ?? "" };
        var reply = await new DocumentService.DocumentServiceClient(call.Connection.Calls).ListAsync(request, cancellationToken: call.Cancel);
        if (name is not null && reply.Documents.Count == 0)
        {
            throw new Failure($"there is no {request.Kind} '{name}'", $"'connector get {word}' lists them") { Code = "not-found" };
        }

        call.Screen.Show(MessageJson.Of(reply.Documents), console =>
        {
            if (name is not null)
            {
                console.Profile.Out.Writer.WriteLine(reply.Documents[0].Text.TrimEnd());
                return;
            }

            Rows.Write(
                console,
                reply.Documents,
                $"no {word}; add some with 'connector apply -f FILE'",
                ("KIND", d => d.Kind),
                ("NAME", d => d.Name),
                ("APPLIED", d => Rows.Time(d.AppliedAt)));
        });
    }

    public static async Task NegotiationAsync(Call call, string id)
    {
        var negotiation = await new NegotiationService.NegotiationServiceClient(call.Connection.Calls).GetAsync(new NegotiationId { Id = id }, cancellationToken: call.Cancel);
        call.Screen.Show(MessageJson.Of(negotiation), console =>
        {
            NegotiationWatch.Write(console, negotiation);
            console.Profile.Out.Writer.WriteLine($"\nterms:\n{Rows.Indented(negotiation.Terms)}");
        });
    }

    public static async Task AgreementAsync(Call call, string id)
    {
        var agreement = await new AgreementService.AgreementServiceClient(call.Connection.Calls).GetAsync(new AgreementId { Id = id }, cancellationToken: call.Cancel);
        call.Screen.Show(MessageJson.Of(agreement), console =>
        {
            Rows.WriteFacts(
                console,
                ("agreement", agreement.Id),
                ("state", agreement.State),
                ("role", agreement.Role),
                ("peer", agreement.Peer),
                ("dataset", agreement.Dataset),
                ("offer", agreement.Offer),
                ("negotiation", agreement.NegotiationId),
                ("signed", $"{Rows.Time(agreement.SignedAt)} by {Signers(agreement)}"),
                ("ended", agreement.End is null ? "" : $"{Rows.Time(agreement.End.At)} by {agreement.End.By}, {agreement.End.Code}: {agreement.End.Reason}"),
                ("next change", Rows.Time(agreement.ChangesAt)));
            DutyRows.Write(console, agreement);
            console.Profile.Out.Writer.WriteLine($"\nas signed:\n{Rows.Indented(agreement.Json)}");
        });
    }

    public static async Task TransferAsync(Call call, string id)
    {
        var transfer = await new TransferService.TransferServiceClient(call.Connection.Calls).GetAsync(new TransferId { Id = id }, cancellationToken: call.Cancel);
        call.Screen.Show(MessageJson.Of(transfer), console => Rows.WriteFacts(
            console,
            ("transfer", transfer.Id),
            ("state", transfer.State),
            ("role", transfer.Role),
            ("peer", transfer.Peer),
            ("agreement", transfer.AgreementId),
            ("dataset", transfer.Dataset),
            ("format", transfer.Format),
            ("to", transfer.Sink),
            ("ended by", transfer.Termination?.By ?? ""),
            ("because", NegotiationWatch.Because(transfer.Termination)),
            ("last error", transfer.LastError),
            ("receipt", transfer.Receipt)));
    }

    private static string Signers(Agreement agreement) => (agreement.ProviderSignature.Length > 0, agreement.ConsumerSignature.Length > 0) switch
    {
        (true, true) => "both sides",
        (true, false) => "the provider",
        (false, true) => "the consumer",
        _ => "nobody yet",
    };
}
