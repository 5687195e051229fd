using Microsoft.AspNetCore.Http;

namespace Connector.Dsp.Sources;

/// <summary>The header fields that go from a consumer to a source and back: those that say what is asked and what comes, and no others.</summary>
internal static class PassedFields
{
    private const int Longest = 1024;

    private static readonly string[] s_there =
        ["Accept", "Accept-Language", "Range", "If-Range", "If-Match", "If-None-Match", "If-Modified-Since", "If-Unmodified-Since"];

    private static readonly string[] s_back =
    [
        "Accept-Ranges", "Content-Disposition", "Content-Digest", "Content-Encoding", "Content-Language", "Content-Range", "Content-Type", "ETag", "Last-Modified",
        "Repr-Digest",
    ];

    public static void Ask(HttpRequest from, HttpRequestMessage to)
    {
        foreach (var name in s_there)
        {
            // Several ranges would come as one body of many parts; unasked for, the whole comes instead (RFC 9110, 14.2).
            if (from.Headers.TryGetValue(name, out var values) && values.ToString() is { Length: > 0 and <= Longest } value && IsPlain(value)
                && !(name == "Range" && value.Contains(',', StringComparison.Ordinal)))
            {
                to.Headers.TryAddWithoutValidation(name, value);
            }
        }
    }

    public static void Answer(HttpResponseMessage from, HttpResponse to)
    {
        foreach (var name in s_back)
        {
            if (Field(from, name) is { } value)
            {
                to.Headers[name] = value;
            }
        }
    }

    /// <summary>A field of an answer; null when it is absent, or nothing that may be written into a header.</summary>
    public static string? Field(HttpResponseMessage answer, string name) =>
        (answer.Headers.NonValidated.TryGetValues(name, out var values) || answer.Content.Headers.NonValidated.TryGetValues(name, out values))
        && string.Join(", ", values) is { Length: > 0 and <= Longest } value && IsPlain(value)
            ? value
            : null;

    /// <summary>Whether an answer says its length once and readably, or not at all. One that says it twice may end where somebody else wants it to.</summary>
    public static bool LengthIsClear(HttpResponseMessage answer) =>
        !answer.Content.Headers.NonValidated.TryGetValues("Content-Length", out var said) || (answer.Content.Headers.ContentLength is not null && said.Distinct().Count() == 1);

    private static bool IsPlain(string value) => value.All(c => c is '\t' or (>= ' ' and <= '~'));
}
