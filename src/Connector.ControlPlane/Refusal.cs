namespace Connector.ControlPlane;

/// <summary>Why something was not done, in words that can be shown to whoever asked.</summary>
/// <param name="Kind">The class of the refusal; each binding maps it to its own status by a total table.</param>
/// <param name="Code">A stable, kebab-case reason code, such as <c>invalid-transition</c>.</param>
/// <param name="Message">One sentence: what was found and what was expected. Never holds a secret or another party's data.</param>
/// <param name="Field">The field at fault, as a path in the message, or null when no single field is.</param>
/// <param name="Mend">What the caller can do about it.</param>
public sealed record Refusal(RefusalKind Kind, string Code, string Message, string? Field = null, string? Mend = null)
{
    /// <summary>How long the other side asks us to wait before we try again; null where it does not say.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Whether the other side may soon say otherwise by itself: its state is only catching up with what it answered us.</summary>
    public bool MaySettle { get; init; }

    public static Refusal Malformed(string field, string found, string mend) =>
        new(RefusalKind.Malformed, "malformed", $"{field}: {found}", field, mend);

    public static Refusal NotFound(string what, string id) =>
        new(RefusalKind.NotFound, "not-found", $"there is no {what} '{id}' that you may see", null, $"check the id, and that you are a party to this {what}");

    public override string ToString() => Mend is null ? $"{Code}: {Message}" : $"{Code}: {Message} ({Mend})";
}
