using System.CommandLine;
using Connector.Management.V1;
using Google.Protobuf;
using Grpc.Core;

namespace Connector.Cli.Remote;

/// <summary><c>connector terminate</c>: ends an agreement, a negotiation or a transfer, whichever bears the id.</summary>
internal static class EndVerb
{
    public static Option<string[]> Reasons() => new("--reason") { Description = "Why, in words for the peer; may be given again", HelpName = "TEXT" };

    public static Command Build(RemoteVerb remote)
    {
        var verb = RemoteVerb.Named(
            "terminate",
            "End an agreement (nothing more is delivered from then on), a negotiation or a transfer",
            "connector terminate urn:uuid:… --reason \"contract ended\"",
            "connector terminate urn:uuid:… --code data-recalled --reason \"figures were wrong\"");
        var id = verb.With(new Argument<string>("id") { Description = "Of an agreement, a negotiation or a transfer" });
        var code = verb.With(new Option<string?>("--code") { Description = "A word for programs, such as revoked", HelpName = "CODE" });
        var reasons = verb.With(Reasons());
        remote.Does(verb, async call =>
        {
            var ended = await EndAsync(call, call.Parsed.GetRequiredValue(id), call.Parsed.GetValue(code) ?? "", call.Parsed.GetValue(reasons) ?? []);
            call.Screen.Show(MessageJson.Of(ended), console => console.Profile.Out.Writer.WriteLine($"{call.Parsed.GetRequiredValue(id)}: ended"));
            return ExitCode.Done;
        });
        return verb;
    }

    private static async Task<IMessage> EndAsync(Call call, string id, string code, string[] reasons)
    {
        var agreements = new AgreementService.AgreementServiceClient(call.Connection.Calls);
        if (await FoundAsync(() => agreements.GetAsync(new AgreementId { Id = id }, cancellationToken: call.Cancel)))
        {
            return await agreements.EndAsync(new EndAgreementRequest { Id = id, Code = code, Reason = string.Join("; ", reasons) }, cancellationToken: call.Cancel);
        }

        var transfers = new TransferService.TransferServiceClient(call.Connection.Calls);
        if (await FoundAsync(() => transfers.GetAsync(new TransferId { Id = id }, cancellationToken: call.Cancel)))
        {
            var step = new StepRequest { Id = id, Step = "terminate", Code = code };
            step.Reasons.Add(reasons);
            return await transfers.StepAsync(step, cancellationToken: call.Cancel);
        }

        var negotiation = new TerminateRequest { Id = id, Code = code };
        negotiation.Reasons.Add(reasons);
        return await new NegotiationService.NegotiationServiceClient(call.Connection.Calls).TerminateAsync(negotiation, cancellationToken: call.Cancel);
    }

    private static async Task<bool> FoundAsync<T>(Func<AsyncUnaryCall<T>> get)
    {
        try
        {
            await get();
            return true;
        }
        catch (RpcException e) when (e.StatusCode == StatusCode.NotFound)
        {
            return false;
        }
    }
}
