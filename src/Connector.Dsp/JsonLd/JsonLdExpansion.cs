using System.Text.Json;
using System.Text.Json.Nodes;

namespace Connector.Dsp.JsonLd;

/// <summary>JSON-LD 1.1 expansion (API §5.1): every word an IRI, every value an object in an array, no contexts left.</summary>
/// <remarks>
/// As much of the standard as the bundled contexts and their users need. Not spoken, and refused by name: @reverse, @nest, @included, @base,
/// index, language, id and type maps. A relative IRI stays relative.
/// </remarks>
public static class JsonLdExpansion
{
    /// <exception cref="JsonLdException">The document is no JSON-LD, too large, or names an unknown context.</exception>
    public static JsonArray Expand(JsonElement document)
    {
        DocumentBounds.Check(document);
        return new Expander().ExpandDocument(document);
    }
}
