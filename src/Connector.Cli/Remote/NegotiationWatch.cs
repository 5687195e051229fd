using Connector.Management.V1;
using Grpc.Core;
using Spectre.Console;

namespace Connector.Cli.Remote;

/// <summary>Follows one negotiation and shows where it ends, or why it waits.</summary>
internal static class NegotiationWatch
{
    /// <summary>Shows a negotiation as it is, or, when asked to wait, as it is when it ended or waits for this side's operator.</summary>
    public static async Task<int> ShowAsync(Call call, Negotiation negotiation, bool wait)
    {
        if (wait)
        {
            negotiation = await UntilDecidedAsync(call, negotiation);
        }

        call.Screen.Show(MessageJson.Of(negotiation), console => Write(console, negotiation));
        return negotiation.State == "TERMINATED" ? ExitCode.Refused : ExitCode.Done;
    }

    /// <summary>The negotiation once it has ended or is this side's turn to decide.</summary>
    /// <exception cref="Failure">The connector says no more before that.</exception>
    public static async Task<Negotiation> UntilDecidedAsync(Call call, Negotiation negotiation)
    {
        var client = new NegotiationService.NegotiationServiceClient(call.Connection.Calls);
        using var watch = client.Watch(new NegotiationId { Id = negotiation.Id }, cancellationToken: call.Cancel);
        var shown = "";
        await foreach (var now in watch.ResponseStream.ReadAllAsync(call.Cancel))
        {
            negotiation = now;
            if (now.State != shown)
            {
                shown = now.State;
                call.Screen.Say($"  {Rows.Time(now.UpdatedAt)}  {now.State}");
            }

            if (now.State is "FINALIZED" or "TERMINATED" || WaitsForOperator(now))
            {
                return now;
            }
        }

        throw new Failure($"the connector says no more of negotiation {negotiation.Id}, which is {negotiation.State}", $"it goes on by itself; look again with 'connector get negotiations {negotiation.Id}'") { Code = "unreachable" };
    }

    /// <summary>Whether nothing happens until this side's operator decides.</summary>
    public static bool WaitsForOperator(Negotiation negotiation)
    {
        var ourTurn = (negotiation.Role, negotiation.State) switch
        {
            ("CONSUMER", "OFFERED") or ("PROVIDER", "REQUESTED") => true,
            ("CONSUMER", "AGREED") or ("PROVIDER", "ACCEPTED" or "VERIFIED") => negotiation.Acceptance == "stepwise",
            _ => false,
        };
        return ourTurn && negotiation.Acceptance is "manual" or "stepwise";
    }

    public static void Write(IAnsiConsole console, Negotiation negotiation)
    {
        Rows.WriteFacts(
            console,
            ("negotiation", negotiation.Id),
            ("state", negotiation.State),
            ("role", negotiation.Role),
            ("peer", negotiation.Peer),
            ("offer", negotiation.Offer),
            ("dataset", negotiation.Dataset),
            ("purposes", string.Join(", ", negotiation.Purposes)),
            ("agreement", negotiation.AgreementId),
            ("ended by", negotiation.Termination?.By ?? ""),
            ("because", Because(negotiation.Termination)),
            ("last error", negotiation.LastError));
        console.WriteLine(Next(negotiation));
    }

    /// <summary>Why something ended, in one line; empty when it did not.</summary>
    public static string Because(Termination? termination) =>
        termination is null ? "" : string.Join(": ", ((string[])[termination.Code, string.Join("; ", termination.Reasons)]).Where(t => t.Length > 0));

    private static string Next(Negotiation negotiation) => negotiation switch
    {
        { State: "FINALIZED", Role: "CONSUMER" } => $"\nnext: connector pull {negotiation.AgreementId} --to PATH",
        { State: "FINALIZED" } => "\nnext: the consumer may transfer the data; 'connector transfers watch' shows it",
        { State: "TERMINATED" } => "",
        _ when WaitsForOperator(negotiation) => $"\nit waits for you; the terms on the table: connector get negotiations {negotiation.Id}\nnext: connector approve|counter|refuse {negotiation.Id}",
        _ => $"\nit goes on by itself; look again with: connector get negotiations {negotiation.Id}",
    };
}
