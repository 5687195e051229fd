using Connector.ControlPlane;
using Connector.ControlPlane.Negotiations;
using Connector.Dsp.Errors;
using Connector.Dsp.Wire;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Connector.Dsp.Endpoints;

/// <summary>Negotiations, for peers, in both roles (DSP 2025-1, contract negotiation HTTPS binding).</summary>
internal sealed class NegotiationEndpoints(NegotiationService negotiations, DspGate gate, IIds ids)
{
    private readonly MessageReader<ContractRequestDocument, ContractRequestMessage> _request = new("ContractRequestMessage", DspJson.Strict.ContractRequestDocument, d => NegotiationWire.Read(d, ids));
    private readonly MessageReader<ContractOfferDocument, ContractOfferMessage> _offer = new("ContractOfferMessage", DspJson.Strict.ContractOfferDocument, d => NegotiationWire.Read(d, ids));
    private readonly MessageReader<ContractAgreementDocument, ContractAgreementMessage> _agreement = new("ContractAgreementMessage", DspJson.Strict.ContractAgreementDocument, d => NegotiationWire.Read(d, ids));
    private readonly MessageReader<PidsDocument, ContractAgreementVerificationMessage> _verification = new("ContractAgreementVerificationMessage", DspJson.Strict.PidsDocument, d => NegotiationWire.Read(d, ids));
    private readonly MessageReader<ContractEventDocument, ContractNegotiationEventMessage> _event = new("ContractNegotiationEventMessage", DspJson.Strict.ContractEventDocument, d => NegotiationWire.Read(d, ids));
    private readonly MessageReader<EndDocument, ContractNegotiationTerminationMessage> _termination = new("ContractNegotiationTerminationMessage", DspJson.Strict.EndDocument, d => NegotiationWire.Read(d, ids));

    public void Map(IEndpointRouteBuilder at, DspVersion version)
    {
        var root = version.Path + "/negotiations";
        RequestDelegate Behind(Func<DspCall, ValueTask<Result<Answer>>> handle) => gate.Behind(version, ErrorShape.Negotiation, handle);

        at.MapGet(root + "/{pid}", Behind(GetAsync));
        at.MapPost(root + "/request", Behind(c => FirstAsync(c, _request, m => m.ProviderPid)));
        at.MapPost(root + "/offers", Behind(c => FirstAsync(c, _offer, m => m.ConsumerPid)));
        at.MapPost(root + "/{pid}/request", Behind(c => LaterAsync(c, _request)));
        at.MapPost(root + "/{pid}/offers", Behind(c => LaterAsync(c, _offer)));
        at.MapPost(root + "/{pid}/agreement", Behind(c => LaterAsync(c, _agreement)));
        at.MapPost(root + "/{pid}/agreement/verification", Behind(c => LaterAsync(c, _verification)));
        at.MapPost(root + "/{pid}/events", Behind(c => LaterAsync(c, _event)));
        at.MapPost(root + "/{pid}/termination", Behind(c => LaterAsync(c, _termination)));
    }

    private async ValueTask<Result<Answer>> GetAsync(DspCall call)
    {
        call.NamedByPath();
        return (await negotiations.FindAsync(call.Caller, call.Pid, call.Cancel)).Try(out var found, out var refusal) ? new Answer(NegotiationWire.Write(found)) : refusal;
    }

    private async ValueTask<Result<Answer>> FirstAsync<TDocument, TMessage>(DspCall call, MessageReader<TDocument, TMessage> reader, Func<TMessage, string?> ourPid)
        where TDocument : DspDocument
        where TMessage : NegotiationMessage
    {
        var message = await call.ReadAsync(reader, call.Cancel);
        if (ourPid(message) is not null)
        {
            throw new MalformedException("callbackAddress", "is missing: the message is about an open negotiation", "send it to the path that names the negotiation");
        }

        return await ReceiveAsync(call, message, StatusCodes.Status201Created);
    }

    private async ValueTask<Result<Answer>> LaterAsync<TDocument, TMessage>(DspCall call, MessageReader<TDocument, TMessage> reader)
        where TDocument : DspDocument
        where TMessage : NegotiationMessage
    {
        var message = await call.ReadAsync(reader, call.Cancel);
        if (Pids.Of(message) is not ({ } pids, _, var receiver))
        {
            throw new MalformedException("callbackAddress", "is given, and the path names an open negotiation", "leave it out, and name both pids");
        }

        call.MustAddress(receiver, pids.Provider, pids.Consumer);
        return await ReceiveAsync(call, message, StatusCodes.Status200OK);
    }

    private async ValueTask<Result<Answer>> ReceiveAsync(DspCall call, NegotiationMessage message, int status) =>
        (await negotiations.ReceiveAsync(call.Caller, call.Version.Binding, message, call.Cancel)).Try(out var now, out var refusal)
            ? new Answer(NegotiationWire.Write(now), status)
            : refusal;
}
