using System.Net.Http.Headers;

namespace Connector.Dsp.Data;

/// <summary>What a file is to be called that another connector sends without a manifest.</summary>
internal static class FileNames
{
    private const int Longest = 120;

    /// <summary>The name of the disposition, else the last part of the address, made harmless; else <c>data</c>.</summary>
    public static string Of(ContentDispositionHeaderValue? disposition, Uri? address) =>
        Harmless(Read(disposition, static d => d.FileNameStar)) ?? Harmless(Read(disposition, static d => d.FileName)) ?? Harmless(address is null ? null : Uri.UnescapeDataString(address.Segments[^1])) ?? "data";

    // The sender chooses the encoding, and .NET knows one that it does not read any more (UTF-7).
    private static string? Read(ContentDispositionHeaderValue? disposition, Func<ContentDispositionHeaderValue, string?> name)
    {
        try
        {
            return disposition is null ? null : name(disposition);
        }
        catch (NotSupportedException)
        {
            return null;
        }
    }

    private static string? Harmless(string? name)
    {
        var last = (name ?? "").Trim('"').Split('/', '\\')[^1];
        var kept = string.Concat(last.Where(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_' or ' ').Take(Longest)).Trim(' ', '.');
        return kept.Length == 0 ? null : kept;
    }
}
