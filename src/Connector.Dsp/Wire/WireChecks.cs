using System.Collections.Immutable;
using System.Text.Json;
using Connector.ControlPlane;
using Connector.Dsp.Outbound;

namespace Connector.Dsp.Wire;

/// <summary>Bounds on what may stand in a document. What breaks one stops here, named by its field.</summary>
internal static class WireChecks
{
    public const int MaxId = 2048;
    public const int MaxText = 4096;
    public const int MaxSecret = 16 * 1024;
    public const int MaxList = 64;

    /// <summary>An id that must be there.</summary>
    public static string Id(string? value, string field) =>
        string.IsNullOrEmpty(value) ? throw new MalformedException(field, "is missing", "give it") : Line(value, field, MaxId);

    /// <summary>An id that may be absent.</summary>
    public static string? OptionalId(string? value, string field) => string.IsNullOrEmpty(value) ? null : Line(value, field, MaxId);

    /// <summary>A text of one line. Control characters are refused.</summary>
    public static string Line(string value, string field, int max)
    {
        if (value.Length > max)
        {
            throw new MalformedException(field, $"has {value.Length} characters, at most {max} are taken", "shorten it");
        }

        return !ForeignText.Steers(value) ? value : throw new MalformedException(field, "holds a control character", "leave it out");
    }

    /// <summary>An absolute http(s) address.</summary>
    public static string Address(string? value, string field)
    {
        var text = Id(value, field);
        return NamedAddress.Read(text) is { UserInfo.Length: 0 }
            ? text
            : throw new MalformedException(field, $"'{text}' is no http(s) address", "give the absolute address at which you take messages");
    }

    /// <summary>The entries of a list that may be absent.</summary>
    public static IReadOnlyCollection<T> Entries<T>(IReadOnlyCollection<T>? entries, string field) =>
        entries is null ? [] : !entries.Contains(default!) ? entries : throw new MalformedException(field, "has null among its entries", "leave it out");

    /// <summary>Reasons: texts, or objects that hold one (<c>@value</c>, <c>message</c> …); anything else as its JSON.</summary>
    public static ImmutableArray<string> Reasons(IReadOnlyList<JsonElement>? reasons) => reasons is null or { Count: 0 }
        ? []
        : [.. reasons.Take(MaxList).Select(r => ForeignText.Shown(Text(r), MaxText))];

    private static string Text(JsonElement reason)
    {
        if (reason.ValueKind == JsonValueKind.String)
        {
            return reason.GetString()!;
        }

        if (reason.ValueKind == JsonValueKind.Object)
        {
            foreach (var name in (ReadOnlySpan<string>)["@value", "message", "reason"])
            {
                if (reason.TryGetProperty(name, out var text) && text.ValueKind == JsonValueKind.String)
                {
                    return text.GetString()!;
                }
            }
        }

        return reason.GetRawText();
    }
}
