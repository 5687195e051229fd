using System.Collections.Immutable;
using Connector.ControlPlane;
using Google.Protobuf.Collections;
using Google.Protobuf.WellKnownTypes;

namespace Connector.Grpc.Errors;

/// <summary>Bounds on what may stand in a message. What breaks one stops here, named by its field.</summary>
internal static class WireChecks
{
    public const int MaxId = 256;
    public const int MaxText = 4096;
    public const int MaxPolicy = 256 * 1024;
    public const int MaxList = 32;

    /// <summary>An id that must be there.</summary>
    public static string Id(string value, string field) => Needed(value, field, MaxId);

    /// <summary>An id that may be absent.</summary>
    public static string? OptionalId(string value, string field) => value.Length == 0 ? null : Line(value, field, MaxId);

    /// <summary>A text of one line that must be there.</summary>
    public static string Needed(string value, string field, int max) =>
        value.Length == 0 ? throw Refusal.Malformed(field, "is missing", "give it").ToRpcException() : Line(value, field, max);

    /// <summary>A text that may be empty. Control characters are refused.</summary>
    public static string Line(string value, string field, int max) => !ForeignText.Steers(Bounded(value, field, max))
        ? value
        : throw Refusal.Malformed(field, "holds a control character", "leave it out").ToRpcException();

    public static string Bounded(string value, string field, int max) =>
        value.Length <= max ? value : throw Refusal.Malformed(field, $"has {value.Length} characters, at most {max} are taken", "shorten it").ToRpcException();

    /// <summary>The text of a JSON object.</summary>
    public static string Json(string value, string field, int max) => JsonText.Fault(Bounded(value, field, max)) is { } fault
        ? throw Refusal.Malformed(field, fault, "send a JSON object").ToRpcException()
        : value;

    public static ImmutableArray<string> Texts(RepeatedField<string> values, string field)
    {
        if (values.Count > MaxList)
        {
            throw Refusal.Malformed(field, $"has {values.Count} entries, at most {MaxList} are taken", "shorten the list").ToRpcException();
        }

        return values.Count == 0 ? [] : [.. values.Select(v => Line(v, field, MaxText))];
    }

    /// <summary>An instant that may be absent.</summary>
    public static DateTimeOffset? Instant(Timestamp? value, string field)
    {
        try
        {
            return value?.ToDateTimeOffset();
        }
        catch (InvalidOperationException)
        {
            throw Refusal.Malformed(field, "is no instant of the years 1 to 9999", "give seconds since 1970, and nanos from 0 to 999999999").ToRpcException();
        }
    }

    public static string? Optional(string value) => value.Length == 0 ? null : value;
}
