namespace Connector.ControlPlane.Participants;

/// <summary>Gives the token that proves this connector's identity to one peer, for one call.</summary>
public interface ITokenSource
{
    ValueTask<Result<string>> TokenForAsync(PeerEntry peer, CancellationToken cancel);
}
