using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Connector.ControlPlane.Participants;
using Connector.ControlPlane.Transfers;
using Connector.Dsp.Outbound;

namespace Connector.Dsp.Data;

/// <summary>Calls to the data endpoint of one transfer with its access token, which is refreshed when it no longer opens.</summary>
/// <param name="refreshed">Told of new tokens, so that they are kept: the access token, and the refresh token where there is a new one.</param>
internal sealed class DataCalls(HttpClient client, PeerEntry peer, DataAddress address, ITokenSource tokens, Func<string, string?, CancellationToken, ValueTask> refreshed)
{
    private const int MaxTokenAnswer = 64 * 1024;
    private DataAddress _address = address;
    private bool _bearer = HttpAddress.TakesScheme(address, whenUnsaid: true);

    /// <summary>Sends, and once more with a fresh token when the first is not taken; answers with the headers read, whatever the status.</summary>
    /// <param name="request">Makes the request anew for each try.</param>
    /// <exception cref="HttpRequestException">The endpoint cannot be reached, or may not be called.</exception>
    public async ValueTask<HttpResponseMessage> SendAsync(Func<HttpRequestMessage> request, CancellationToken cancel)
    {
        var answer = await OnceAsync(request, cancel);
        if (answer.StatusCode is not (HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden))
        {
            return answer;
        }

        if (await RefreshAsync(cancel))
        {
            answer.Dispose();
            answer = await OnceAsync(request, cancel);
        }

        if (answer.StatusCode != HttpStatusCode.Unauthorized)
        {
            return answer;
        }

        // Some deployed data planes take the token only without its scheme, whatever the address says.
        answer.Dispose();
        _bearer = !_bearer;
        return await OnceAsync(request, cancel);
    }

    private async ValueTask<HttpResponseMessage> OnceAsync(Func<HttpRequestMessage> request, CancellationToken cancel)
    {
        using var made = request();
        if (HttpAddress.Credential(_address, _bearer) is { } credential)
        {
            made.Headers.TryAddWithoutValidation(credential.Field, credential.Value);
        }

        return await client.SendAsync(made, HttpCompletionOption.ResponseHeadersRead, cancel);
    }

    private async ValueTask<bool> RefreshAsync(CancellationToken cancel)
    {
        var (properties, token) = (_address.Properties, _address.Token ?? "");
        if (properties.GetValueOrDefault(HttpAddress.RefreshToken) is not { } refreshToken || RefreshEndpoint() is not { } endpoint)
        {
            return false;
        }

        // Deployed data planes read the two in the query alone, newer ones in the form (Tractus-X refresh token grant profile §3).
        KeyValuePair<string, string>[] fields = [new("grant_type", "refresh_token"), new("refresh_token", refreshToken)];
        var query = string.Join('&', fields.Select(f => $"{f.Key}={Uri.EscapeDataString(f.Value)}"));
        using var request = new HttpRequestMessage(HttpMethod.Post, new UriBuilder(endpoint) { Query = $"{endpoint.Query.TrimStart('?')}&{query}".TrimStart('&') }.Uri)
        {
            Content = new FormUrlEncodedContent(fields),
        };
        if ((await tokens.TokenForRefreshAsync(peer, token, cancel)).Try(out var identity, out _))
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", identity);
        }

        using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancel);
        try
        {
            if (!answer.IsSuccessStatusCode || await DataAnswers.ReadAsync(answer, MaxTokenAnswer, cancel) is not { } body
                || JsonSerializer.Deserialize(body, DataJson.Default.TokenDocument) is not { } read)
            {
                return false;
            }

            _address = HttpAddress.Refreshed(_address, read.AccessToken, read.RefreshToken);
            await refreshed(read.AccessToken, read.RefreshToken, cancel);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    // Without an endpoint of its own, the data endpoint refreshes (profile §2).
    private Uri? RefreshEndpoint() =>
        NamedAddress.Read(_address.Properties.GetValueOrDefault(HttpAddress.RefreshEndpoint) ?? _address.Endpoint) is not { } at ? null
        : at.AbsolutePath.EndsWith("/token", StringComparison.Ordinal) ? at
        : new UriBuilder(at) { Path = at.AbsolutePath.TrimEnd('/') + "/token" }.Uri;
}
