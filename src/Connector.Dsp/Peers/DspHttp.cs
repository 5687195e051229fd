using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Security.Authentication;
using Connector.ControlPlane;
using Connector.ControlPlane.Participants;
using Connector.Dsp.Outbound;
using Connector.Dsp.Wire;

namespace Connector.Dsp.Peers;

/// <summary>One call to a peer: its address, a token, bounded in time and size.</summary>
internal sealed class DspHttp(ITokenSource tokens, Func<PeerEntry, HttpMessageHandler> handlers, GuardedPeers guarded, PeerVersions versions, Participant self, DspRoomOptions options, TimeProvider time)
{
    private static readonly MediaTypeHeaderValue s_json = new("application/json");

    /// <param name="path">Relative to the peer's base address.</param>
    public async ValueTask<Result<DspAnswer>> SendAsync(PeerAddress to, DspVersion version, HttpMethod method, string path, byte[]? body, CancellationToken cancel)
    {
        if ((to.CallbackAddress ?? await versions.AddressAsync(to.Entry, version, cancel)) is not { } address)
        {
            return new Refusal(RefusalKind.Unavailable, "no-dsp-address", $"the Peer document '{to.Entry.Name}' has no address for the Dataspace Protocol", "dsp", "add the address, or use the binding grpc");
        }

        if (!(await tokens.TokenForAsync(to.Entry, cancel)).Try(out var token, out var refusal))
        {
            return refusal.Kind == RefusalKind.Unavailable ? refusal : refusal with { Kind = RefusalKind.Unavailable };
        }

        using var request = new HttpRequestMessage(method, DspAddresses.Join(address, path)) { Version = System.Net.HttpVersion.Version20, VersionPolicy = HttpVersionPolicy.RequestVersionOrLower };
        request.Headers.Accept.ParseAdd("application/json");
        if (token.Length > 0)
        {
            request.Headers.TryAddWithoutValidation("Authorization", "Bearer " + token);
        }

        if (body is not null)
        {
            request.Content = new ByteArrayContent(Shapes.Leaving(body, version, self, to.Entry.ParticipantId));
            request.Content.Headers.ContentType = s_json;
        }

        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        deadline.CancelAfter(options.Deadline);
        try
        {
            using var calls = new HttpMessageInvoker(DspAddresses.IsDocumented(to.Entry, request.RequestUri!) ? handlers(to.Entry) : guarded.To(to.Entry), disposeHandler: false);
            using var response = await calls.SendAsync(request, deadline.Token);
            var answered = await BoundedAnswer.ReadAsync(response.Content, options.MaxAnswerBytes, deadline.Token);
            return response.IsSuccessStatusCode
                ? new DspAnswer(answered, Next(response, address))
                : DspAnswers.Refused(response.StatusCode, answered) with { RetryAfter = RetryAfterField.Of(response, time) };
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return new Refusal(RefusalKind.Unavailable, "deadline", "the peer did not answer in time");
        }
        catch (HttpRequestException e) when (e.InnerException is AuthenticationException)
        {
            return new Refusal(
                RefusalKind.Unavailable, "peer-certificate", "TLS failed: another certificate is shown at the peer's address than its document names, or it does not take ours", null,
                "compare the certificate pins in both Peer documents with the certificates in use");
        }
        catch (Exception e) when (e is HttpRequestException or IOException or SocketException or OutboundRefusedException)
        {
            return OutboundRefusals.Of(e, request.RequestUri!);
        }
    }

    // Of the links of a page only the next one at the same peer is followed.
    private static string? Next(HttpResponseMessage response, string address)
    {
        if (!response.Headers.TryGetValues("Link", out var links))
        {
            return null;
        }

        foreach (var link in links.SelectMany(l => l.Split(',')))
        {
            var target = link.Trim();
            var end = target.IndexOf('>', StringComparison.Ordinal);
            if (target.StartsWith('<') && end > 0 && target[end..].Contains("rel=\"next\"", StringComparison.OrdinalIgnoreCase)
                && Uri.TryCreate(new Uri(address.TrimEnd('/') + "/"), target[1..end], out var next)
                && next.AbsoluteUri.StartsWith(address.TrimEnd('/') + "/", StringComparison.Ordinal))
            {
                return next.AbsoluteUri[address.TrimEnd('/').Length..];
            }
        }

        return null;
    }
}
