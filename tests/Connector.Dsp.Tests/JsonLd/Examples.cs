using System.Text.Json;
using Connector.Testing.Dsp;

namespace Connector.Dsp.Tests.JsonLd;

/// <summary>The published examples, and which published schema each one belongs to.</summary>
internal static class Examples
{
    public static readonly string[] Newer = [.. Fixtures.Files("dsp-2025-1", "/example/").Where(path => !path.EndsWith("protocol-version.json", StringComparison.Ordinal))];

    public static readonly string[] Older = [.. Fixtures.Files("dsp-2024-1", "/example/")];

    public static readonly string[] Authored = [.. Fixtures.Files("dsp-authored/expanded").Select(path => path.Replace("expanded/", "", StringComparison.Ordinal))];

    /// <summary>The 2025-1 schema of an example of either version.</summary>
    public static string SchemaOf(string path)
    {
        var name = Path.GetFileNameWithoutExtension(path).Replace("_initial", "", StringComparison.Ordinal).Replace("message-full", "message", StringComparison.Ordinal);
        name = name.EndsWith("did-service", StringComparison.Ordinal) ? "did-service" : name == "nested-catalog" ? "catalog" : name == "contract.agreement.message.http.transfer" ? "contract-agreement-message" : name;
        return $"{path.Split('/')[1]}/{name}-schema.json";
    }

    /// <summary>The context URLs a document names.</summary>
    public static IReadOnlyList<string> ContextsOf(JsonElement document) => document.GetProperty("@context") is { ValueKind: JsonValueKind.Array } many
        ? [.. many.EnumerateArray().Select(one => one.GetString()!)]
        : [document.GetProperty("@context").GetString()!];
}
