using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Connector.Policies;

/// <summary>Finds where in a JSON text the paths lie that faults name.</summary>
internal static class JsonPlaces
{
    /// <summary>Gives each fault its line and column: of the member or the entry that its path names, or of what is nearest around it, where that is missing.</summary>
    public static ImmutableArray<Fault> Locate(string json, IEnumerable<Fault> faults)
    {
        var utf8 = Encoding.UTF8.GetBytes(json);
        return [.. faults.Select(fault => At(fault, utf8))];
    }

    private static Fault At(Fault fault, ReadOnlySpan<byte> utf8)
    {
        var reader = new Utf8JsonReader(utf8);
        reader.Read();
        var before = utf8[..(int)Find(ref reader, fault.Path)];
        var line = before[(before.LastIndexOf((byte)'\n') + 1)..];
        return fault with { Line = before.Count((byte)'\n') + 1, Column = Encoding.UTF8.GetCharCount(line) + 1 };
    }

    // The reader stands on the first token of the value that the rest of the path starts from.
    private static long Find(ref Utf8JsonReader reader, string path)
    {
        var at = reader.TokenStartIndex;
        while (path.Length > 0)
        {
            var found = path[0] == '[' ? Entry(ref reader, ref path) : Member(ref reader, ref path);
            if (found is not { } deeper)
            {
                return at;
            }

            at = deeper;
        }

        return at;
    }

    // One value where an array is meant is its first entry.
    private static long? Entry(ref Utf8JsonReader reader, ref string path)
    {
        var end = path.IndexOf(']', StringComparison.Ordinal);
        if (end < 0 || !int.TryParse(path.AsSpan(1, end - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var index))
        {
            return null;
        }

        path = path[(end + 1)..].TrimStart('.');
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            return reader.TokenStartIndex;
        }

        for (var i = 0; reader.Read() && reader.TokenType != JsonTokenType.EndArray; i++)
        {
            if (i == index)
            {
                return reader.TokenStartIndex;
            }

            reader.Skip();
        }

        return null;
    }

    private static long? Member(ref Utf8JsonReader reader, ref string path)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            return null;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var at = reader.TokenStartIndex;
            var name = OdrlReader.Cut(Name(ref reader));
            reader.Read();
            if (path.StartsWith(name, StringComparison.Ordinal) && (path.Length == name.Length || path[name.Length] is '.' or '['))
            {
                path = path[name.Length..].TrimStart('.');
                return at;
            }

            reader.Skip();
        }

        return null;
    }

    // Half of a surrogate pair is no text, though JSON can write it; no path names it.
    private static string Name(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString()!;
        }
        catch (InvalidOperationException)
        {
            return "\0";
        }
    }
}
