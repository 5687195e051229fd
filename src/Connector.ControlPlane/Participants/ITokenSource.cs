namespace Connector.ControlPlane.Participants;

/// <summary>Gives the token that proves this connector's identity to one peer, for one call.</summary>
public interface ITokenSource
{
    ValueTask<Result<string>> TokenForAsync(PeerEntry peer, CancellationToken cancel);

    /// <summary>As the other, for the call that exchanges an access token for a new one: where the token is of our own making, its claim <c>token</c> names the old one (Tractus-X refresh token grant profile §3.1).</summary>
    /// <param name="audience">Who the data address says refreshes its tokens; null when it does not say.</param>
    ValueTask<Result<string>> TokenForRefreshAsync(PeerEntry peer, string accessToken, string? audience, CancellationToken cancel) => TokenForAsync(peer, cancel);
}
