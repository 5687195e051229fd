using Connector.ControlPlane;
using Connector.ControlPlane.Transfers;
using Connector.Dsp.Errors;
using Connector.Dsp.Wire;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Connector.Dsp.Endpoints;

/// <summary>Transfers, for peers, in both roles (DSP 2025-1, transfer process HTTPS binding).</summary>
internal sealed class TransferEndpoints(TransferService transfers, DspGate gate, IIds ids)
{
    private readonly MessageReader<TransferRequestDocument, TransferRequestMessage> _request = new("TransferRequestMessage", DspJson.Strict.TransferRequestDocument, d => TransferWire.Read(d, ids));
    private readonly MessageReader<TransferStartDocument, TransferStartMessage> _start = new("TransferStartMessage", DspJson.Strict.TransferStartDocument, d => TransferWire.Read(d, ids));
    private readonly MessageReader<PidsDocument, TransferCompletionMessage> _completion = new("TransferCompletionMessage", DspJson.Strict.PidsDocument, d => TransferWire.ReadCompletion(d, ids));
    private readonly MessageReader<EndDocument, TransferSuspensionMessage> _suspension = new("TransferSuspensionMessage", DspJson.Strict.EndDocument, d => TransferWire.ReadSuspension(d, ids));
    private readonly MessageReader<EndDocument, TransferTerminationMessage> _termination = new("TransferTerminationMessage", DspJson.Strict.EndDocument, d => TransferWire.ReadTermination(d, ids));

    public void Map(IEndpointRouteBuilder at, DspVersion version)
    {
        var root = version.Path + "/transfers";
        RequestDelegate Behind(Func<DspCall, ValueTask<Result<Answer>>> handle) => gate.Behind(version, ErrorShape.Transfer, handle);

        at.MapGet(root + "/{pid}", Behind(GetAsync));
        at.MapPost(root + "/request", Behind(RequestAsync));
        at.MapPost(root + "/{pid}/start", Behind(c => LaterAsync(c, _start)));
        at.MapPost(root + "/{pid}/completion", Behind(c => LaterAsync(c, _completion)));
        at.MapPost(root + "/{pid}/suspension", Behind(c => LaterAsync(c, _suspension)));
        at.MapPost(root + "/{pid}/termination", Behind(c => LaterAsync(c, _termination)));
    }

    private async ValueTask<Result<Answer>> GetAsync(DspCall call)
    {
        call.NamedByPath();
        return (await transfers.FindAsync(call.Caller, call.Pid, call.Cancel)).Try(out var found, out var refusal) ? new Answer(TransferWire.Write(found)) : refusal;
    }

    private async ValueTask<Result<Answer>> RequestAsync(DspCall call) => await ReceiveAsync(call, await call.ReadAsync(_request, call.Cancel), StatusCodes.Status201Created);

    private async ValueTask<Result<Answer>> LaterAsync<TDocument, TMessage>(DspCall call, MessageReader<TDocument, TMessage> reader)
        where TDocument : DspDocument
        where TMessage : TransferMessage
    {
        var message = await call.ReadAsync(reader, call.Cancel);
        var pids = TransferPids.Of(message);
        call.MustAddress(null, pids.Provider, pids.Consumer);
        return await ReceiveAsync(call, message, StatusCodes.Status200OK);
    }

    private async ValueTask<Result<Answer>> ReceiveAsync(DspCall call, TransferMessage message, int status) =>
        (await transfers.ReceiveAsync(call.Caller, call.Version.Binding, message, call.Cancel)).Try(out var now, out var refusal)
            ? new Answer(TransferWire.Write(now), status)
            : refusal;
}
