namespace Connector.ControlPlane.Effects;

/// <summary>What a peer's refusal of a message means for its being sent again.</summary>
public static class EffectRules
{
    /// <summary>How long a peer is asked again whose state may still be catching up with its own answers.</summary>
    public static TimeSpan Settling { get; } = TimeSpan.FromSeconds(30);

    /// <summary>Whether the refusal may pass by itself, so that the message is worth sending again.</summary>
    /// <param name="opens">Whether the message opens a process: then there is nothing that the peer could not know yet, and its word stands.</param>
    /// <param name="age">Time since the message was decided upon.</param>
    public static bool MayPass(Refusal refusal, bool opens, TimeSpan age) =>
        refusal.Kind == RefusalKind.Unavailable || (refusal.MaySettle && !opens && age < Settling);
}
