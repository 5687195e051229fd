using System.Text.Json;

namespace Connector.Dsp.JsonLd;

/// <summary>Looked at before anything is understood: depth, number of values, repeated keys, text that is no text.</summary>
internal static class DocumentBounds
{
    public static void Check(JsonElement document)
    {
        var left = Limits.Values;
        try
        {
            Check(document, 0, ref left);
        }
        catch (InvalidOperationException)
        {
            throw new JsonLdException("invalid text", "/", "A string holds half a character (an unpaired surrogate); send valid UTF-8.");
        }
    }

    private static void Check(JsonElement value, int depth, ref int left)
    {
        if (--left < 0)
            throw new JsonLdException("document too large", "/", $"There are more than {Limits.Values} values; send less at a time.");
        if (depth > Limits.Depth)
            throw new JsonLdException("document too deep", "/", $"There are more than {Limits.Depth} levels; send a flatter document.");

        switch (value.ValueKind)
        {
            case JsonValueKind.Undefined:
                throw new JsonLdException("loading document failed", "/", "There is no document.");
            case JsonValueKind.String:
                value.GetString();
                break;
            case JsonValueKind.Array:
                foreach (var item in value.EnumerateArray())
                    Check(item, depth + 1, ref left);
                break;
            case JsonValueKind.Object:
                var names = new HashSet<string>(StringComparer.Ordinal);
                foreach (var member in value.EnumerateObject())
                {
                    if (!names.Add(member.Name))
                        throw new JsonLdException("repeated key", "/", $"The key '{Walk.Clip(member.Name)}' stands twice in one object; send it once.");

                    Check(member.Value, depth + 1, ref left);
                }

                break;
            default:
                break;
        }
    }
}
