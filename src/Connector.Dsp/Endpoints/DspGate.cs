using Connector.ControlPlane;
using Connector.ControlPlane.Participants;
using Connector.ControlPlane.Stores;
using Connector.Dsp.Errors;
using Connector.Dsp.Outbound;
using Connector.Dsp.Wire;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Connector.Dsp.Endpoints;

/// <summary>
/// Stands before every call: the caller is known before any of the body is read, every refusal leaves as the standard's error body, and
/// a fault of our own says nothing of itself but an id that the log has too.
/// </summary>
internal sealed class DspGate(IPeerAuthenticator authenticator, DspRoomOptions options, Participant self, ILogger<DspGate> log)
{
    private const string Json = "application/json";

    private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(1);
    private static readonly Refusal s_internal = new(RefusalKind.Internal, "internal", "the connector met a fault of its own", null, "try again later; its operator finds the fault in the log");

    /// <summary>A call that is answered after authentication.</summary>
    public RequestDelegate Behind(DspVersion version, ErrorShape errors, Func<DspCall, ValueTask<Result<Answer>>> handle) => async http =>
    {
        if (!options.Ports.Contains(http.Connection.LocalPort))
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        var authenticated = await authenticator.AuthenticateAsync(BearerToken.Of(http.Request), CallerCertificate.PinOf(http), http.RequestAborted);
        if (!authenticated.Try(out var peer, out var refusal))
        {
            Log.NotLetIn(log, http.Request.Method, http.Request.Path, http.Connection.RemoteIpAddress?.ToString() ?? "", refusal.Code, refusal.Message);
            http.Response.Headers.WWWAuthenticate = "Bearer";
            await RefuseAsync(http, version, refusal, errors.Write(refusal, null, null));
            return;
        }

        var call = new DspCall(http, peer, version, options.MaxMessageBytes);
        var answer = await AnswerAsync(call, handle);
        if (answer.Try(out var answered, out refusal))
        {
            await WriteAsync(http, version, answered.Body, answered.Status);
            return;
        }

        if (refusal.Kind != RefusalKind.Internal)
        {
            Log.CallRefused(log, http.Request.Method, http.Request.Path, peer.ParticipantId, refusal.Code, refusal.Message);
        }

        await RefuseAsync(http, version, refusal, errors.Write(refusal, call.ProviderPid, call.ConsumerPid));
    };

    private async ValueTask<Result<Answer>> AnswerAsync(DspCall call, Func<DspCall, ValueTask<Result<Answer>>> handle)
    {
        try
        {
            return await handle(call);
        }
        catch (MalformedException e)
        {
            return e.Refusal;
        }
        catch (StoreException e)
        {
            Log.StoreFailed(log, call.Http.Request.Method, call.Http.Request.Path, call.Caller.ParticipantId, e.Message);
            return StoreException.ForPeers;
        }
        catch (Exception e) when (e is not OperationCanceledException || !call.Cancel.IsCancellationRequested)
        {
            Log.CallFaulted(log, e, call.Http.Request.Method, call.Http.Request.Path, call.Caller.ParticipantId, call.Http.TraceIdentifier);
            return s_internal with { Message = $"{s_internal.Message} (id {call.Http.TraceIdentifier})" };
        }
    }

    private Task RefuseAsync(HttpContext http, DspVersion version, Refusal refusal, byte[] body)
    {
        if (refusal.Kind == RefusalKind.Unavailable)
        {
            http.Response.Headers.RetryAfter = RetryAfterField.Of(refusal.RetryAfter ?? s_pause);
        }

        return WriteAsync(http, version, body, RefusalToHttp.StatusOf(refusal));
    }

    private async Task WriteAsync(HttpContext http, DspVersion version, byte[] body, int status)
    {
        if (http.RequestAborted.IsCancellationRequested)
        {
            return;
        }

        http.Response.StatusCode = status;
        http.Response.ContentType = Json;
        http.Response.Headers.CacheControl = "no-store";
        await Compression.WriteAsync(http, Shapes.Leaving(body, version, self, peer: null));
    }
}
