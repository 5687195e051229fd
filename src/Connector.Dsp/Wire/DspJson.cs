using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Connector.Dsp.Wire;

/// <summary>The documents' source-generated readers and writers: strict, and never by reflection.</summary>
[JsonSerializable(typeof(ProcessDocument))]
[JsonSerializable(typeof(ErrorDocument))]
[JsonSerializable(typeof(ContractRequestDocument))]
[JsonSerializable(typeof(ContractOfferDocument))]
[JsonSerializable(typeof(ContractAgreementDocument))]
[JsonSerializable(typeof(PidsDocument))]
[JsonSerializable(typeof(ContractEventDocument))]
[JsonSerializable(typeof(EndDocument))]
[JsonSerializable(typeof(TransferRequestDocument))]
[JsonSerializable(typeof(TransferStartDocument))]
[JsonSerializable(typeof(CatalogRequestDocument))]
[JsonSerializable(typeof(DatasetRequestDocument))]
[JsonSerializable(typeof(CatalogDocument))]
[JsonSerializable(typeof(DatasetDocument))]
[JsonSerializable(typeof(VersionsDocument))]
[JsonSerializable(typeof(DidDocument))]
[JsonSerializable(typeof(DidServiceDocument))]
internal sealed partial class DspJson : JsonSerializerContext
{
    /// <summary>Nesting beyond which nothing is read.</summary>
    public const int MaxDepth = 64;

    /// <summary>A member named twice is an error: two readers of one document could otherwise see two documents.</summary>
    public static DspJson Strict { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        AllowDuplicateProperties = false,
        MaxDepth = MaxDepth,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });

    /// <summary>The same bounds for a document that is read as a tree.</summary>
    public static JsonDocumentOptions Tree { get; } = new() { MaxDepth = MaxDepth, AllowDuplicateProperties = false };

    /// <summary>A context that names the standard's own and nothing else.</summary>
    public static JsonElement Context { get; } = JsonSerializer.SerializeToElement(new[] { DspDocument.StandardContext }, Strings.Default.StringArray);
}

/// <summary>Plain texts as JSON.</summary>
[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(string[]))]
internal sealed partial class Strings : JsonSerializerContext;

/// <summary>A text in a language, as JSON-LD writes it.</summary>
internal sealed record LanguageText([property: JsonPropertyName("@value")] string Value, [property: JsonPropertyName("@language")] string Language);

/// <summary>Texts in languages as JSON.</summary>
[JsonSerializable(typeof(LanguageText[]))]
internal sealed partial class LanguageTexts : JsonSerializerContext;
