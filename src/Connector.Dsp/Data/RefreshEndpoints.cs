using Connector.ControlPlane;
using Connector.ControlPlane.Exchanges;
using Connector.ControlPlane.Participants;
using Connector.Dsp.Endpoints;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Connector.Dsp.Data;

/// <summary>
/// <c>POST {refreshEndpoint}/token</c>: a new access token for a running pull (RFC 6749 §6, as CX-0018 uses it). The caller proves that it is the transfer's
/// party; where its token says in a claim <c>token</c> which access token it is to replace, it must be that one (Tractus-X refresh token grant profile §3).
/// </summary>
public sealed class RefreshEndpoints(ExchangeService exchanges, IPeerAuthenticator authenticator, ILogger<RefreshEndpoints> logger)
{
    private const int MaxBody = 16 * 1024;

    public async Task PostAsync(HttpContext context, string providerPid)
    {
        var identity = BearerToken.Of(context.Request);
        if (!(await authenticator.AuthenticateAsync(identity, CallerCertificate.PinOf(context), context.RequestAborted)).Try(out var caller, out var refusal)
            || !(await ReadAsync(context.Request)).Try(out var refreshToken, out refusal)
            || !(await exchanges.RefreshAsync(caller, providerPid, refreshToken, TokenClaim.Of(identity), context.RequestAborted)).Try(out var access, out refusal))
        {
            Log.DataRefused(logger, "Refresh", providerPid.ReplaceLineEndings(" "), DataGate.Remote(context), refusal.Code, refusal.Message.ReplaceLineEndings(" "));
            await DataRefusalToHttp.WriteAsync(context, refusal);
            return;
        }

        context.Response.Headers.CacheControl = "no-store";
        await context.Response.WriteAsJsonAsync(
            new TokenDocument(access.Token, "Bearer", (long)access.Lifetime.TotalSeconds, refreshToken), DataJson.Default.TokenDocument, null, context.RequestAborted);
    }

    // Deployed consumers send both fields in the form, in the query, or in both.
    private static async ValueTask<Result<string>> ReadAsync(HttpRequest request)
    {
        IFormCollection form = FormCollection.Empty;
        if (request.HasFormContentType)
        {
            if (request.ContentLength is null or > MaxBody)
            {
                return Refusal.Malformed("body", "has no length or is too long", $"send a form of at most {MaxBody} bytes");
            }

            try
            {
                form = await request.ReadFormAsync(request.HttpContext.RequestAborted);
            }
            catch (Exception e) when (e is InvalidDataException or NotSupportedException or IOException && !request.HttpContext.RequestAborted.IsCancellationRequested)
            {
                // The form may end within a part, or be in an encoding that .NET knows and does not read any more (UTF-7).
                return Refusal.Malformed("body", "is no form that can be read", "send application/x-www-form-urlencoded");
            }
        }

        string? Field(string name) => form.TryGetValue(name, out var sent) ? sent : request.Query[name];
        return Field("grant_type") != "refresh_token" ? Refusal.Malformed("grant_type", "is not 'refresh_token'", "send grant_type=refresh_token")
            : Field("refresh_token") is { Length: > 0 } token ? token
            : Refusal.Malformed("refresh_token", "is missing", "send the refresh token of the transfer's data address");
    }
}
