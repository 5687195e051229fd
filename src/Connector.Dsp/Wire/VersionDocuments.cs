using System.Text.Json;
using System.Text.Json.Serialization;

namespace Connector.Dsp.Wire;

/// <summary>The version response: the one document without a context (DSP 2025-1, exposure of versions).</summary>
internal sealed record VersionsDocument
{
    public IReadOnlyList<VersionDocument>? ProtocolVersions { get; init; }

    [JsonExtensionData]
    public Dictionary<string, JsonElement>? More { get; set; }
}

/// <summary>A version and where it is spoken.</summary>
internal sealed record VersionDocument
{
    public string? Version { get; init; }

    public string? Path { get; init; }

    public string? Binding { get; init; }

    public string? ServiceId { get; init; }

    public string? IdentifierType { get; init; }

    public JsonElement? Auth { get; init; }

    [JsonExtensionData]
    public Dictionary<string, JsonElement>? More { get; set; }
}
