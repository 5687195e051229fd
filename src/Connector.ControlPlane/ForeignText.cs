namespace Connector.ControlPlane;

/// <summary>Words that another party wrote, as our operator may see them. Nothing is decided by them.</summary>
public static class ForeignText
{
    /// <summary>Cut to a length, and without characters that would steer a terminal or break a line of the log.</summary>
    /// <param name="longest">In characters; a text that is cut ends with an ellipsis beyond it.</param>
    public static string Shown(string text, int longest)
    {
        var cut = text.Length <= longest ? text : text[..longest] + "…";
        return Steers(cut) ? string.Concat(cut.Select(c => char.IsControl(c) ? ' ' : c)) : cut;
    }

    /// <summary>Whether a text holds control characters: they would steer terminals and forge lines of logs.</summary>
    public static bool Steers(string text) => text.AsSpan().ContainsAnyInRange('\0', '\u001f') || text.AsSpan().ContainsAnyInRange('\u007f', '\u009f');

    /// <summary>As <see cref="Shown"/>; null for a text that says nothing.</summary>
    public static string? ShownOrNull(string? text, int longest) => string.IsNullOrWhiteSpace(text) ? null : Shown(text, longest);
}
