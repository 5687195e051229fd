using System.Globalization;
using Connector.Policies.Yaml;

namespace Connector.Policies.Lint;

/// <summary>A policy and the text it was read from, to name places in it.</summary>
/// <param name="Root">The document that was read.</param>
public sealed record PolicySource(PolicyDocument Document, YamlMapping Root, string File)
{
    /// <summary>What one of its comparisons is about.</summary>
    public Operand? OperandOf(AtomicConstraint atom) => Document.Vocabulary.ByIri(atom.LeftOperand);

    /// <summary>Whether any point of enforcement asks any part of a constraint.</summary>
    public bool IsEnforced(Constraint constraint) => Places.Atoms(constraint).Any(a => OperandOf(a) is { Points.Count: > 0 });

    /// <summary>The path of a rule, such as <c>permit[0]</c>.</summary>
    public static string Path(string list, int rule) => string.Create(CultureInfo.InvariantCulture, $"{list}[{rule}]");

    /// <summary>A fault at a rule.</summary>
    public Fault At(string list, int rule, string message, string mend) => Fault(RuleNode(list, rule) ?? Root, Path(list, rule), message, mend);

    /// <summary>A fault at one of the conditions of a rule, counted as the model counts them.</summary>
    public Fault At(string list, int rule, int constraint, string message, string mend)
    {
        var (node, key) = Condition(list, rule, constraint);
        return Fault(node, $"{Path(list, rule)}.{key}", message, mend);
    }

    /// <summary>A fault of the whole policy.</summary>
    public Fault At(string message, string mend) => Fault(Root, "", message, mend);

    private Fault Fault(YamlNode node, string path, string message, string mend) => new(File, node.Line, node.Column, $"{Document.Name}{(path.Length > 0 ? $".{path}" : "")}", message, mend);

    // Each entry of each item is read anew by itself, to learn how many constraints it makes.
    private (YamlNode Node, string Key) Condition(string list, int rule, int constraint)
    {
        var root = RuleNode(list, rule);
        var when = (root as YamlMapping)?.Entries.FirstOrDefault(e => e.Key == "when")?.Value;
        var reader = new WhenYaml(Document.Vocabulary);
        var items = Items(when);
        for (var i = 0; i < items.Count; i++)
        {
            foreach (var entry in (items[i] as YamlMapping)?.Entries ?? [])
            {
                var alone = new YamlMapping([new YamlEntry("when", 0, 0, new YamlMapping([entry], 0, 0))], 0, 0);
                var made = reader.Read(new Fields(alone, "", null, []), "when").Length;
                if (constraint < made)
                {
                    return (entry.KeyNode, string.Create(CultureInfo.InvariantCulture, $"when[{i}].{entry.Key}"));
                }

                constraint -= made;
            }
        }

        return (root ?? Root, "when");
    }

    private YamlNode? RuleNode(string list, int rule) => Items(Root.Entries.FirstOrDefault(e => e.Key == list)?.Value).ElementAtOrDefault(rule);

    private static IReadOnlyList<YamlNode> Items(YamlNode? node) => node switch
    {
        null => [],
        YamlSequence sequence => sequence.Items,
        _ => [node],
    };
}
