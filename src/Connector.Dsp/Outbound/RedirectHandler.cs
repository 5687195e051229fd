using System.Net;

namespace Connector.Dsp.Outbound;

/// <summary>Follows redirects of reads within one scheme, host and port, at most a few; refuses all others.</summary>
internal sealed class RedirectHandler(int most) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        for (var followed = 0; ; followed++)
        {
            var response = await base.SendAsync(request, cancellationToken);
            if (!Redirects(response.StatusCode) || response.Headers.Location is not { } location)
            {
                return response;
            }

            var from = request.RequestUri!;
            response.Dispose();
            if (!Uri.TryCreate(from, location, out var to))
            {
                throw new OutboundRefusedException(OutboundRefusals.RedirectNotFollowed(from, "no address"));
            }

            if (followed == most || request.Content is not null || !IsRead(request) || to.Scheme != from.Scheme || !string.Equals(to.Authority, from.Authority, StringComparison.OrdinalIgnoreCase))
            {
                throw new OutboundRefusedException(OutboundRefusals.RedirectNotFollowed(from, to.GetLeftPart(UriPartial.Authority)));
            }

            request.RequestUri = to;
        }
    }

    private static bool IsRead(HttpRequestMessage request) => request.Method == HttpMethod.Get || request.Method == HttpMethod.Head;

    private static bool Redirects(HttpStatusCode status) =>
        status is HttpStatusCode.MovedPermanently or HttpStatusCode.Found or HttpStatusCode.SeeOther or HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect;
}
