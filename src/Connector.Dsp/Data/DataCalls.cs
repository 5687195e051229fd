using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Connector.ControlPlane.Participants;
using Connector.ControlPlane.Transfers;

namespace Connector.Dsp.Data;

/// <summary>Calls to the data endpoint of one transfer with its access token, which is refreshed when it no longer opens.</summary>
internal sealed class DataCalls(HttpClient client, PeerEntry peer, DataAddress address, ITokenSource tokens)
{
    private const int MaxTokenAnswer = 64 * 1024;
    private string _token = address.Token ?? "";
    private string? _refreshToken = address.Properties.GetValueOrDefault(HttpAddress.RefreshToken);
    private bool _bearer = !string.Equals(address.Properties.GetValueOrDefault("authType") ?? address.Properties.GetValueOrDefault(HttpAddress.EdcAuthType), "none", StringComparison.OrdinalIgnoreCase);

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
        if (_token.Length > 0)
        {
            made.Headers.TryAddWithoutValidation("Authorization", _bearer ? $"Bearer {_token}" : _token);
        }

        return await client.SendAsync(made, HttpCompletionOption.ResponseHeadersRead, cancel);
    }

    private async ValueTask<bool> RefreshAsync(CancellationToken cancel)
    {
        if (_refreshToken is null || !Uri.TryCreate(address.Properties.GetValueOrDefault(HttpAddress.RefreshEndpoint), UriKind.Absolute, out var endpoint))
        {
            return false;
        }

        var at = endpoint.AbsolutePath.EndsWith("/token", StringComparison.Ordinal) ? endpoint : new UriBuilder(endpoint) { Path = endpoint.AbsolutePath.TrimEnd('/') + "/token" }.Uri;
        using var request = new HttpRequestMessage(HttpMethod.Post, at)
        {
            Content = new FormUrlEncodedContent([new("grant_type", "refresh_token"), new("refresh_token", _refreshToken)]),
        };
        if ((await tokens.TokenForAsync(peer, cancel)).Try(out var identity, out _))
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", identity);
        }

        using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancel);
        try
        {
            if (!answer.IsSuccessStatusCode || await DataAnswers.ReadAsync(answer, MaxTokenAnswer, cancel) is not { } body
                || JsonSerializer.Deserialize(body, DataJson.Default.TokenDocument) is not { } refreshed)
            {
                return false;
            }

            (_token, _refreshToken) = (refreshed.AccessToken, refreshed.RefreshToken ?? _refreshToken);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
