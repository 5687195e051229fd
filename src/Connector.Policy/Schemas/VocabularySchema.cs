using System.Text.Json.Nodes;
using static Connector.Policies.Schemas.Schema;

namespace Connector.Policies.Schemas;

/// <summary>The schema of Vocabulary documents.</summary>
public static class VocabularySchema
{
    /// <summary>The keys of a Vocabulary document beside its head.</summary>
    public static JsonObject Properties() => new()
    {
        ["operands"] = SomeOf(Operand()).Said("The words that are added to conditions of policies, each backed by a verified claim."),
    };

    private static JsonObject Operand() => Mapping(
        new JsonObject
        {
            ["word"] = Text("^[a-z][A-Za-z0-9]{0,63}$").Said("The word in policies, such as supplierTier."),
            ["claim"] = Text().Said("The name of the verified claim that it is compared with."),
            ["type"] = Word(VocabularyYaml.Types.Select(t => t.Word)).Said("What its values are; text when it is left out."),
            ["operators"] = ListOf(Word(VocabularyYaml.Types.SelectMany(t => t.Operators).Distinct().Order().Select(ConstraintRules.Name))).Said("By which operators of ODRL it may be compared; all that suit its type when left out."),
            ["enforced"] = ListOf(Word(Enum.GetNames<EnforcementPoint>().Select(p => char.ToLowerInvariant(p[0]) + p[1..]))).Said("Where it is asked; everywhere when left out."),
            ["iri"] = Text().Said("Its IRI in ODRL, for partners whose vocabulary has it too; one of our own when left out."),
            ["title"] = Ref("title").Said("How people call it: 'its tier in the supply chain'."),
        },
        "word",
        "claim");
}
