using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace Connector.Dsp.Data;

/// <summary>What part of a file a request is answered with, if with any.</summary>
/// <param name="Status">200, 206, 304, 412 or 416.</param>
/// <param name="First">First byte.</param>
/// <param name="Length">Bytes from there on.</param>
internal readonly record struct Selection(int Status, long First, long Length);

/// <summary>Conditional and range requests (RFC 9110 §13.2.2 and §14.2) on a file with a strong entity tag.</summary>
internal static class RangeRules
{
    /// <param name="headers">If-Match, If-None-Match, If-Range and Range are looked at. Tags that cannot be read are none of this file's; a range that cannot be read is as good as absent.</param>
    /// <param name="etag">The file's strong tag, in quotes.</param>
    /// <param name="size">Bytes of the file.</param>
    public static Selection Select(RequestConditions headers, string etag, long size)
    {
        var tag = new EntityTagHeaderValue(etag);
        var whole = new Selection(200, 0, size);
        if (headers.IfMatch.Count > 0 && !Matches(headers.IfMatch, tag, strong: true))
        {
            return whole with { Status = 412 };
        }

        if (Matches(headers.IfNoneMatch, tag, strong: false))
        {
            return whole with { Status = 304 };
        }

        // Several ranges in one request may be ignored (RFC 9110 §14.2): nobody resumes with them, and they multiply work.
        if (!RangeHeaderValue.TryParse(headers.Range, out var ranges) || !ranges.Unit.Equals("bytes", StringComparison.OrdinalIgnoreCase) || ranges.Ranges.Count != 1 || !StillSame(headers.IfRange, tag))
        {
            return whole;
        }

        var range = ranges.Ranges.Single();
        var first = range.From ?? Math.Max(0, size - range.To!.Value);
        var last = Math.Min((range.From is null ? null : range.To) ?? long.MaxValue, size - 1);
        return first > last ? new Selection(416, 0, 0) : new Selection(206, first, last - first + 1);
    }

    private static bool Matches(StringValues field, EntityTagHeaderValue tag, bool strong) =>
        EntityTagHeaderValue.TryParseList(field, out var tags) && tags.Any(t => t.Equals(EntityTagHeaderValue.Any) || t.Compare(tag, strong));

    private static bool StillSame(string? ifRange, EntityTagHeaderValue tag) =>
        string.IsNullOrEmpty(ifRange) || (RangeConditionHeaderValue.TryParse(ifRange, out var condition) && condition.EntityTag is { } asked && asked.Compare(tag, useStrongComparison: true));
}

/// <summary>The conditions of a request, as they came.</summary>
internal readonly record struct RequestConditions(StringValues IfMatch, StringValues IfNoneMatch, string? IfRange, string? Range);
