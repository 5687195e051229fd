namespace Connector.Trust.Signing;

/// <summary>Foreign text made fit to be repeated in a message: short, and without control characters.</summary>
internal static class Shown
{
    private const int MaximumLength = 120;

    public static string Of(string? text)
    {
        if (text is null)
            return "";
        var part = text.Length <= MaximumLength ? text : text[..MaximumLength] + "…";
        return string.Create(part.Length, part, static (span, source) =>
        {
            for (var i = 0; i < source.Length; i++)
                span[i] = char.IsControl(source[i]) || char.IsSurrogate(source[i]) ? '?' : source[i];
        });
    }
}
