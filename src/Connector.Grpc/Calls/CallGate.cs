using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Connector.ControlPlane;
using Connector.ControlPlane.Participants;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Connector.Grpc.Calls;

/// <summary>
/// Stands before every call: peers on the peers' port by their tokens, the operator on the management port by the operator's token. A
/// service called on the other port is not there. All this before any of the message is read: a stranger costs a token check, no more.
/// </summary>
internal sealed class CallGate(IPeerAuthenticator authenticator, GrpcRoomOptions options, ILogger<CallGate> log)
{
    private static readonly object s_pinKey = new();
    private static readonly Refusal s_notTheOperator = new(RefusalKind.Unauthenticated, "operator-token", "the operator's token is missing or wrong", null, "give the token of listen.management.tokenFile");

    private readonly byte[] _operator = SHA256.HashData(Encoding.UTF8.GetBytes(options.OperatorToken));
    private readonly string _longestCall = options.LongestCall.TotalMilliseconds.ToString("0", CultureInfo.InvariantCulture) + "m";

    /// <summary>A peer's call. Behind the gate its features hold the <see cref="Peer"/>.</summary>
    /// <param name="streams">Whether the call may last: a stream is bounded by what it moves, not by time.</param>
    public async Task PeerAsync(HttpContext call, bool streams, RequestDelegate next)
    {
        if (call.Connection.LocalPort != options.PeerPort)
        {
            TrailersOnly.AnswerUnimplemented(call);
            return;
        }

        if (!(await authenticator.AuthenticateAsync(BearerToken.Of(call.Request), PinOf(call), call.RequestAborted)).Try(out var peer, out var refusal))
        {
            Refuse(call, refusal);
            return;
        }

        call.Features.Set(peer);
        if (!streams && !GrpcTimeout.IsWithin(call.Request.Headers["grpc-timeout"], options.LongestCall))
        {
            call.Request.Headers["grpc-timeout"] = _longestCall;
        }

        await next(call);
        if (Unread.Explain(call) is { } unread)
        {
            Log.CallRefused(log, call.Request.Path, peer.ParticipantId, unread.Code, unread.Message);
        }
    }

    /// <summary>The operator's call.</summary>
    public async Task OperatorAsync(HttpContext call, RequestDelegate next)
    {
        if (call.Connection.LocalPort != options.ManagementPort)
        {
            TrailersOnly.AnswerUnimplemented(call);
            return;
        }

        // Hashes are compared, so that neither content nor length of the token shows in the time it takes.
        if (BearerToken.Of(call.Request) is not { } token || !CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(token)), _operator))
        {
            Refuse(call, s_notTheOperator);
            return;
        }

        await next(call);
        Unread.Explain(call);
    }

    private void Refuse(HttpContext call, Refusal refusal)
    {
        Log.NotLetIn(log, call.Request.Path, call.Connection.RemoteIpAddress?.ToString() ?? "", refusal.Code, refusal.Message);
        TrailersOnly.Answer(call, refusal);
    }

    // A connection's certificate never changes, so its pin is computed once.
    private static string? PinOf(HttpContext http)
    {
        if (http.Connection.ClientCertificate is not { } certificate)
        {
            return null;
        }

        var items = http.Features.Get<IConnectionItemsFeature>()?.Items;
        if (items is not null && items.TryGetValue(s_pinKey, out var known))
        {
            return (string?)known;
        }

        var pin = Base64Url.EncodeToString(SHA256.HashData(certificate.RawDataMemory.Span));
        if (items is not null)
        {
            items[s_pinKey] = pin;
        }

        return pin;
    }
}
