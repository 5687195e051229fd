using System.Net.Http.Headers;

namespace Connector.Dsp.Data;

/// <summary>What a file is to be called that another connector sends without a manifest.</summary>
internal static class FileNames
{
    private const int Longest = 120;

    /// <summary>The name of the disposition, else the last part of the address, made harmless; else <c>data</c>.</summary>
    public static string Of(ContentDispositionHeaderValue? disposition, Uri? address) =>
        Harmless(disposition?.FileNameStar) ?? Harmless(disposition?.FileName) ?? Harmless(address is null ? null : Uri.UnescapeDataString(address.Segments[^1])) ?? "data";

    private static string? Harmless(string? name)
    {
        var last = (name ?? "").Trim('"').Split('/', '\\')[^1];
        var kept = string.Concat(last.Where(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_' or ' ').Take(Longest)).Trim(' ', '.');
        return kept.Length == 0 ? null : kept;
    }
}
