using Connector.ControlPlane;
using Connector.ControlPlane.Publications;
using Microsoft.AspNetCore.Http;

namespace Connector.Dsp.Sources;

/// <summary>What of a consumer's path and query goes on to a source: only what its dataset's document lists, each part written anew.</summary>
internal static class ForwardRules
{
    private const int LongestPath = 2048;
    private const int LongestQuery = 4096;
    private const int MostParts = 32;

    /// <summary>The address that is asked.</summary>
    /// <param name="path">Decoded, beneath the transfer's endpoint; null or empty for the source's own address.</param>
    public static Result<Uri> Address(HttpSource source, string? path, IQueryCollection query)
    {
        if ((Fault(source, path) ?? Fault(source, query)) is { } fault)
        {
            return fault;
        }

        var parts = (path ?? "").Split('/', StringSplitOptions.RemoveEmptyEntries);
        var address = new UriBuilder(source.Address);
        if (parts.Length > 0)
        {
            address.Path = $"{source.Address.AbsolutePath.TrimEnd('/')}/{string.Join('/', parts.Select(Uri.EscapeDataString))}";
        }

        var asked = query.SelectMany(p => p.Value.Select(v => $"{Uri.EscapeDataString(p.Key)}={Uri.EscapeDataString(v ?? "")}"));
        address.Query = string.Join('&', asked.Prepend(source.Address.Query.TrimStart('?')).Where(q => q.Length > 0));
        return address.Uri;
    }

    private static Refusal? Fault(HttpSource source, string? path)
    {
        if (string.IsNullOrEmpty(path))
        {
            return null;
        }

        var parts = path.Split('/');
        if (path.Length > LongestPath || parts.Length > MostParts)
        {
            return SourceRefusals.NotForwarded("path", "is too long", $"use at most {LongestPath} characters in {MostParts} parts");
        }

        // Whatever a server behind could take for a way out or for another part does not get there, however the list is written.
        if (parts.Any(p => p is "" or "." or ".." || p.Any(c => c is '\\' or ';' or '%' || char.IsControl(c))))
        {
            return SourceRefusals.NotForwarded("path", "has an empty part, a part of dots, or one of \\ ; % and control characters", "ask for a plain path");
        }

        return source.Paths.Any(pattern => Matches(pattern.Split('/'), parts))
            ? null
            : SourceRefusals.NotForwarded("path", "is none that this dataset gives", source.Paths.IsEmpty ? "ask for the address itself" : "ask for a path that the provider names in its agreement or documentation");
    }

    private static Refusal? Fault(HttpSource source, IQueryCollection query)
    {
        if (query.Keys.FirstOrDefault(name => !source.Query.Contains(name)) is { } unlisted)
        {
            return SourceRefusals.NotForwarded("query", $"has '{ForeignText.Shown(unlisted, 60)}', which this dataset does not take", source.Query.IsEmpty ? "leave it out" : $"use only {string.Join(", ", source.Query)}");
        }

        return query.Sum(p => p.Value.Sum(v => p.Key.Length + (v?.Length ?? 0) + 2)) > LongestQuery
            ? SourceRefusals.NotForwarded("query", "is too long", $"use at most {LongestQuery} characters")
            : null;
    }

    private static bool Matches(string[] pattern, string[] parts) => pattern switch
    {
        [.. var head, "**"] => parts.Length > head.Length && Matches(head, parts[..head.Length]),
        _ => pattern.Length == parts.Length && pattern.Zip(parts).All(p => p.First == "*" || p.First == p.Second),
    };
}
