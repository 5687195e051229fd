using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Connector.Policies.Yaml;

/// <summary>Texts as YAML scalars, in quotes unless they read the same without (YAML 1.2, section 7.3).</summary>
internal static partial class YamlText
{
    public static string Scalar(string text) => Plain().IsMatch(text) && text is not ("null" or "true" or "false") && !char.IsAsciiDigit(text[0]) ? text : Quoted(text);

    public static string List(IEnumerable<string> texts) => $"[{string.Join(", ", texts.Select(Scalar))}]";

    private static string Quoted(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (var rune in text.EnumerateRunes())
        {
            _ = rune.Value switch
            {
                '"' or '\\' => quoted.Append('\\').Append(rune),
                < 0x20 or (>= 0x7F and < 0xA0) or 0x2028 or 0x2029 or 0xFEFF => quoted.Append(CultureInfo.InvariantCulture, $"\\u{rune.Value:X4}"),
                _ => quoted.Append(rune),
            };
        }

        return quoted.Append('"').ToString();
    }

    [GeneratedRegex("^[A-Za-z0-9][A-Za-z0-9._/-]*\\z", RegexOptions.CultureInvariant)]
    private static partial Regex Plain();
}
