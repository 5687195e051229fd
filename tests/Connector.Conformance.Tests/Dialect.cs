using System.Text.Json;
using System.Text.Json.Nodes;
using Connector.Testing.Dsp;

namespace Connector.Conformance.Tests;

/// <summary>How one version of the protocol writes what rows are told in, the plain JSON of 2025-1, and what its own schemas say of what the connector sends.</summary>
internal abstract class Dialect
{
    public static Dialect Newer { get; } = new NewerDialect();

    public static Dialect Older { get; } = new OlderDialect();

    /// <summary>As the versions are named in paths.</summary>
    public abstract string Version { get; }

    /// <summary>A message of ours, in this version's words.</summary>
    public abstract JsonObject Write(JsonObject plain);

    /// <summary>A member's name in this version's words.</summary>
    public abstract string Name(string member);

    /// <summary>What the connector sent, in the words of 2025-1.</summary>
    public abstract JsonObject Read(JsonObject sent);

    /// <summary>Holds what the connector sent to the published schema of its type.</summary>
    public void Holds(JsonObject sent)
    {
        var faults = Faults(sent);
        Assert.True(faults.Count == 0, $"not as its schema wants it: {sent}: {string.Join("; ", faults)}");
    }

    /// <summary>What the published schema of its type finds wrong with a document.</summary>
    public IReadOnlyList<string> Faults(JsonObject sent) => DspSchemas.Validate(Version, SchemaOf(FileOf(((string)sent["@type"]!).Split(':')[^1])), JsonSerializer.SerializeToElement(sent));

    /// <summary>The published schema of a document, by its type's name with hyphens.</summary>
    protected abstract string SchemaOf(string name);

    /// <summary>The folder of the standard that a document belongs to.</summary>
    protected static string FolderOf(string name) => name.StartsWith("transfer", StringComparison.Ordinal) ? "transfer" : name.StartsWith("contract", StringComparison.Ordinal) ? "negotiation" : "catalog";

    // ContractRequestMessage is told by contract-request-message.
    private static string FileOf(string type) => string.Concat(type.Select((c, i) => char.IsUpper(c) && i > 0 ? "-" + char.ToLowerInvariant(c) : char.ToLowerInvariant(c).ToString()));

    private sealed class NewerDialect : Dialect
    {
        public override string Version => "2025-1";

        public override JsonObject Write(JsonObject plain) => plain;

        public override string Name(string member) => member;

        public override JsonObject Read(JsonObject sent) => sent;

        protected override string SchemaOf(string name) => $"{FolderOf(name)}/{name}-schema.json";
    }
}
