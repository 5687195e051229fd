using System.Collections.Immutable;
using Connector.Policies.Yaml;

namespace Connector.Policies;

/// <summary>A policy as an operator writes it.</summary>
/// <param name="Title">Titles by language tag.</param>
public sealed record PolicyDocument(string Name, ImmutableSortedDictionary<string, string> Title, Policy Policy)
{
    /// <summary>The words that it was read by.</summary>
    public Vocabulary Vocabulary { get; init; } = Vocabulary.BuiltIn;
}

/// <summary>Policy files: the body of a document of <c>kind: Policy</c> (see policies/examples).</summary>
public static class PolicyYaml
{
    /// <summary>Reads the document. What is wrong is noted on the fields; the policy is then not to be used.</summary>
    /// <param name="vocabulary">The words it may use; the built-in ones when null.</param>
    public static PolicyDocument Read(Fields document, Vocabulary? vocabulary = null) => new PolicyReader(vocabulary ?? Vocabulary.BuiltIn).Read(document);

    /// <summary>The document as text that reads back as the same policy.</summary>
    public static string Write(PolicyDocument document) => new PolicyWriter(document.Vocabulary).Write(document);
}
