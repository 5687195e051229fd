using System.Text;

namespace Connector.DataPlane.Manifests;

/// <summary>Which relative paths a dataset may hold: those that lead to one file, inside the dataset, on every system that parts names at '/' alone, and on this one.</summary>
public static class PathRules
{
    private const int LongestPath = 1024;
    private const int LongestPart = 255;
    private static readonly UTF8Encoding s_strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>What is wrong with a relative path, or null.</summary>
    public static string? Fault(string path) => Fault(path, OperatingSystem.IsWindows());

    /// <summary>What is wrong with a relative path, or null.</summary>
    /// <param name="onWindows">Whether its file is to lie on Windows.</param>
    public static string? Fault(string path, bool onWindows)
    {
        if (path.Length == 0)
        {
            return "is empty";
        }

        if (Bytes(path) is null or > LongestPath)
        {
            return $"is longer than {LongestPath} bytes, or not valid Unicode";
        }

        if (path is ['/', ..] or [>= 'A' and <= 'Z' or >= 'a' and <= 'z', ':', ..])
        {
            return "is absolute";
        }

        foreach (var c in path)
        {
            if (c == '\\' || char.IsControl(c))
            {
                return "holds a backslash or a control character";
            }
        }

        foreach (var part in path.Split('/'))
        {
            if (part is "" or "." or "..")
            {
                return "holds an empty part, '.' or '..'";
            }

            if (Bytes(part) > LongestPart)
            {
                return $"holds a part longer than {LongestPart} bytes";
            }

            if (onWindows && WindowsNames.Misread(part))
            {
                return $"holds a part that Windows takes otherwise: a device such as NUL, one of {WindowsNames.Refused}, or '.' or ' ' at its end";
            }
        }

        return null;
    }

    private static int? Bytes(string text)
    {
        try
        {
            return s_strict.GetByteCount(text);
        }
        catch (EncoderFallbackException)
        {
            return null;
        }
    }
}
