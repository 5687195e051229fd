using System.Globalization;
using System.Net;

namespace Connector.Daemon.Configuration;

/// <summary>Reads a section's values as what they are, each within its bounds.</summary>
internal static class SectionValues
{
    public static int Integer(this Section section, string key, int usual, int min, int max)
    {
        if (section.Find(key) is not { } setting)
        {
            return usual;
        }

        if (int.TryParse(setting.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number >= min && number <= max)
        {
            return number;
        }

        section.Fault(setting, $"'{setting.Text}' is not a whole number from {min} to {max}", string.Create(CultureInfo.InvariantCulture, $"give one in that range, or leave the key out for {usual}"));
        return usual;
    }

    public static TimeSpan Span(this Section section, string key, TimeSpan usual, TimeSpan min, TimeSpan max)
    {
        if (section.Find(key) is not { } setting)
        {
            return usual;
        }

        var mend = $"give {Duration.Format(min)} to {Duration.Format(max)}, or leave the key out for {Duration.Format(usual)}";
        if (!Duration.TryParse(setting.Text, out var span))
        {
            section.Fault(setting, $"'{setting.Text}' is not a duration such as 30s, 5m, 12h or PT30S", mend);
            return usual;
        }

        if (span < min || span > max)
        {
            section.Fault(setting, $"{setting.Text} is {(span < min ? "too short" : "too long")}", mend);
            return usual;
        }

        return span;
    }

    /// <summary>A path, made absolute from the configuration's folder.</summary>
    public static string FilePath(this Section section, string key, string usual) => section.OptionalPath(key) ?? section.Absolute(usual);

    /// <summary>A path, made absolute likewise; null when none is given.</summary>
    public static string? OptionalPath(this Section section, string key)
    {
        if (section.Find(key) is not { } setting)
        {
            return null;
        }

        if (!setting.Text.Contains('\0', StringComparison.Ordinal))
        {
            return section.Absolute(setting.Text);
        }

        section.Fault(setting, "holds the character U+0000, which no path does", "write the path without it");
        return null;
    }

    public static IPAddress Address(this Section section, string key, IPAddress usual)
    {
        if (section.Find(key) is not { } setting)
        {
            return usual;
        }

        if (setting.Text == "*")
        {
            return IPAddress.Any;
        }

        if (IPAddress.TryParse(setting.Text, out var address))
        {
            return address;
        }

        section.Fault(setting, $"'{setting.Text}' is not an IP address to listen on", "give 127.0.0.1 for this machine alone, 0.0.0.0 or * for all its addresses");
        return usual;
    }

    /// <summary>An absolute URL without user, query or fragment, of one of the schemes.</summary>
    public static Uri? Url(this Section section, string key, params string[] schemes)
    {
        if (section.Find(key) is not { Text.Length: > 0 } setting)
        {
            return null;
        }

        var likely = string.Join(" or ", schemes.Select(scheme => scheme + "://host:port"));
        if (!Uri.TryCreate(setting.Text, UriKind.Absolute, out var url) || !schemes.Contains(url.Scheme))
        {
            section.Fault(setting, $"'{setting.Text}' is not an address of the form {likely}", $"give {likely}");
            return null;
        }

        if (url.UserInfo.Length > 0 || url.Query.Length > 0 || url.Fragment.Length > 0)
        {
            section.Fault(setting, "has a user, a query or a fragment", $"give no more than {likely}");
            return null;
        }

        return url;
    }

    /// <summary>One of a few words.</summary>
    public static T OneOf<T>(this Section section, string key, T usual, params (string Word, T Value)[] choices)
    {
        if (section.Find(key) is not { } setting)
        {
            return usual;
        }

        foreach (var (word, value) in choices)
        {
            if (word == setting.Text)
            {
                return value;
            }
        }

        section.Fault(setting, $"'{setting.Text}' is not known here", $"give {string.Join(" or ", choices.Select(choice => choice.Word))}");
        return usual;
    }
}
