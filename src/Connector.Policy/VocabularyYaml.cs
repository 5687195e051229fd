using System.Collections.Frozen;
using System.Collections.Immutable;
using Connector.Policies.Yaml;

namespace Connector.Policies;

/// <summary>Left operands that an operator added, each backed by a verified claim.</summary>
public sealed record VocabularyDocument(string Name, ImmutableArray<Operand> Operands);

/// <summary>Vocabulary files: the body of a document of <c>kind: Vocabulary</c>.</summary>
public static class VocabularyYaml
{
    private const string Prefix = "urn:connector:policy:operand:";
    private const int MaxOperands = 256;

    private static readonly string[] s_reserved = ["all", "any", "oneOf", "inOrder", "claim"];

    /// <summary>Reads the document. What is wrong is noted on the fields; the operands are then not to be used.</summary>
    public static VocabularyDocument Read(Fields document)
    {
        var name = document.Required("name", "give the vocabulary a name of letters, digits and '-'");
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
            if (Policies.Operands.ByWord(operand.Word) is not null || s_reserved.Contains(operand.Word) || operands.Any(o => o.Word == operand.Word))
            {
                section.Fault(section.Find("word")!, "word", $"'{operand.Word}' is taken already", "choose another word");
            }
            else if (Policies.Operands.ByIri(operand.Iri) is not null || operands.Any(o => o.Iri == operand.Iri))
            {
                section.Fault(section.Find("iri") ?? section.Node, "iri", $"'{operand.Iri}' is taken already", "choose another IRI");
            }
            else if (operand.Word.Length > 0)
            {
                operands.Add(operand);
            }
        }

        return new VocabularyDocument(name, operands.ToImmutable());
    }

    private static Operand Operand(Fields fields)
    {
        var word = fields.Required("word", "name the operand by a word such as supplierTier");
        var claim = fields.Required("claim", "name the verified claim that backs it");
        var type = fields.OneOf("type", "text", "number", "instant") switch
        {
            "number" => OperandType.Number,
            "instant" => OperandType.Instant,
            _ => OperandType.Text,
        };
        var allowed = type switch
        {
            OperandType.Number => OperatorSets.Number,
            OperandType.Instant => OperatorSets.Instant,
            _ => OperatorSets.Text,
        };
        return new Operand(word, fields.Text("iri") ?? Prefix + word, type, Chosen(fields, "enforced", Policies.Operands.Always, p => char.ToLowerInvariant(p.ToString()[0]) + p.ToString()[1..]), claim)
        {
            Operators = Chosen(fields, "operators", allowed, ConstraintRules.Name),
        };
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
}
