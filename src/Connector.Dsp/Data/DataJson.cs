using System.Text.Json.Serialization;

namespace Connector.Dsp.Data;

/// <summary>The body of a refusal.</summary>
internal sealed record RefusalDocument(string Code, string Reason, string? Mend);

/// <summary>The answer of a refresh endpoint (RFC 6749 §5.1).</summary>
internal sealed record TokenDocument(
    [property: JsonPropertyName("access_token")] string AccessToken,
    [property: JsonPropertyName("token_type")] string? TokenType = null,
    [property: JsonPropertyName("expires_in"), JsonNumberHandling(JsonNumberHandling.AllowReadingFromString)] long? ExpiresIn = null,
    [property: JsonPropertyName("refresh_token")] string? RefreshToken = null);

/// <summary>The answer of an inbox: the receiver's receipt and its signature.</summary>
internal sealed record ReceiptDocument(string Receipt, string Signature);

/// <summary>A manifest; hashes are base64.</summary>
internal sealed record ManifestDocument(string ContentType, List<ManifestFileDocument> Files);

/// <summary>One file of a manifest.</summary>
internal sealed record ManifestFileDocument(string Path, long Size, byte[] Sha256, int ChunkSize, byte[] ChunkHashes, byte[] TreeRoot);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, RespectRequiredConstructorParameters = true, RespectNullableAnnotations = true, MaxDepth = 8)]
[JsonSerializable(typeof(RefusalDocument))]
[JsonSerializable(typeof(TokenDocument))]
[JsonSerializable(typeof(ReceiptDocument))]
[JsonSerializable(typeof(ManifestDocument))]
internal sealed partial class DataJson : JsonSerializerContext;
