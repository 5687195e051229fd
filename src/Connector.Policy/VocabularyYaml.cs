using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Connector.Policies.Yaml;

namespace Connector.Policies;

/// <summary>Left operands that an operator added, each backed by a verified claim.</summary>
public sealed record VocabularyDocument(string Name, ImmutableArray<Operand> Operands);

/// <summary>Vocabulary files: the body of a document of <c>kind: Vocabulary</c>.</summary>
public static partial class VocabularyYaml
{
    /// <summary>Where the IRI of a word begins that has none of its own.</summary>
    internal const string Prefix = "urn:connector:policy:operand:";

    private const int MaxOperands = 256;

    /// <summary>What an operand's values may be: of a vocabulary file's types the first is the one meant when none is named.</summary>
    internal static (string Word, OperandType Type, FrozenSet<ConstraintOperator> Operators)[] Types { get; } =
        [("text", OperandType.Text, OperatorSets.Text), ("number", OperandType.Number, OperatorSets.Number), ("instant", OperandType.Instant, OperatorSets.Instant)];

    /// <summary>Reads the document. What is wrong is noted on the fields; the operands given are those whose words are free.</summary>
    /// <param name="taken">The words that are there already; the built-in ones when null.</param>
    public static VocabularyDocument Read(Fields document, Vocabulary? taken = null)
    {
        taken ??= Vocabulary.BuiltIn;
        var name = document.Name();
        var sections = document.Sections("operands");
        if (sections.Length is 0 or > MaxOperands)
        {
            document.Fault(document.Find("operands") ?? document.Node, "operands", $"has {sections.Length} entries", $"list 1 to {MaxOperands} operands");
            return new VocabularyDocument(name, []);
        }

        var operands = ImmutableArray.CreateBuilder<Operand>();
        foreach (var section in sections)
        {
            var operand = Operand(section);
            section.Close();
            if (operand.Word.Length > 0 && IsFree(section, operand, taken, operands))
            {
                operands.Add(operand);
            }
        }

        return new VocabularyDocument(name, operands.ToImmutable());
    }

    private static bool IsFree(Fields section, Operand operand, Vocabulary taken, IReadOnlyCollection<Operand> before)
    {
        var (key, value, by) = (operand.Word, operand.Iri) switch
        {
            var (word, _) when WhenYaml.Reserved.Contains(word) => ("word", word, "the language itself"),
            var (word, _) when Operands.ByWord(word) is not null => ("word", word, "the built-in vocabulary"),
            var (word, _) when taken.ByWord(word) is not null => ("word", word, "another vocabulary"),
            var (word, _) when before.Any(o => o.Word == word) => ("word", word, "an operand before it"),
            var (_, iri) when Operands.ByIri(iri) is { } known => ("iri", iri, $"the built-in word '{known.Word}'"),
            var (_, iri) when (taken.ByIri(iri) ?? before.FirstOrDefault(o => o.Iri == iri)) is { } known => ("iri", iri, $"the word '{known.Word}'"),
            _ => default,
        };
        if (key is null)
        {
            return true;
        }

        section.Fault(section.Find(key) ?? section.Node, key, $"'{Fields.Shown(value)}' is taken already by {by}", key == "word" ? "choose another word" : "choose another IRI, or leave it out");
        return false;
    }

    private static Operand Operand(Fields fields)
    {
        var word = Shaped(fields, "word", fields.Required("word", "name the operand by a word such as supplierTier"), Word(), "a word", "write at most 64 letters and digits, beginning with a small letter, such as supplierTier");
        var claim = Shaped(fields, "claim", fields.Required("claim", "name the verified claim that backs it"), ClaimName(), "the name of a claim", "write the name as credentials and peer files state it, without spaces");
        var iri = fields.Text("iri");
        if (iri is not null && !(iri.Length <= 256 && Uri.TryCreate(iri, UriKind.Absolute, out _)))
        {
            fields.Fault(fields.Find("iri")!, "iri", $"'{Fields.Shown(iri)}' is no IRI", "write one such as https://example.com/terms/supplierTier, or leave it out");
        }

        var typeWord = fields.OneOf("type", [.. Types.Select(t => t.Word)]);
        var (_, type, allowed) = Types.Single(t => t.Word == typeWord);
        return new Operand(word, iri ?? Prefix + word, type, Chosen(fields, "enforced", Operands.Always, p => char.ToLowerInvariant(p.ToString()[0]) + p.ToString()[1..]), claim)
        {
            Operators = Chosen(fields, "operators", allowed, ConstraintRules.Name),
            Title = fields.Words("title"),
        };
    }

    private static string Shaped(Fields fields, string key, string text, Regex shape, string what, string mend)
    {
        if (text.Length == 0 || shape.IsMatch(text))
        {
            return text;
        }

        fields.Fault(fields.Find(key)!, key, $"'{Fields.Shown(text)}' is not {what}", mend);
        return "";
    }

    // Some of the allowed ones; all of them when none is named.
    private static FrozenSet<T> Chosen<T>(Fields fields, string key, FrozenSet<T> allowed, Func<T, string> name)
        where T : struct, Enum
    {
        var chosen = new HashSet<T>();
        foreach (var text in fields.Texts(key))
        {
            var found = allowed.Where(a => name(a) == text).ToList();
            if (found.Count == 0)
            {
                fields.Fault(fields.Find(key)!, key, $"'{text}' is not known here", Fields.Suggest(text, [.. allowed.Select(name)]));
            }

            chosen.UnionWith(found);
        }

        return chosen.Count == 0 ? allowed : chosen.ToFrozenSet();
    }

    [GeneratedRegex("^[a-z][A-Za-z0-9]{0,63}\\z", RegexOptions.CultureInvariant)]
    private static partial Regex Word();

    [GeneratedRegex(@"^[^\s\p{C}]{1,128}\z", RegexOptions.CultureInvariant)]
    private static partial Regex ClaimName();
}
