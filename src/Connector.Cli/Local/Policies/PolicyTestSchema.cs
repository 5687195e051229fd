using System.Text.Json.Nodes;
using Connector.Policies;
using Connector.Policies.Schemas;
using static Connector.Policies.Schemas.Schema;

namespace Connector.Cli.Local.Policies;

/// <summary>The JSON Schema of <c>*.policytest.yaml</c> files.</summary>
internal static class PolicyTestSchema
{
    public static JsonObject Create() => Root("Tests of policies", Mapping(
        new JsonObject
        {
            ["policy"] = Text().Said("Name of the policy that is tested."),
            ["cases"] = SomeOf(Ref("case")).Said("What it is asked, and what it must decide."),
        },
        "policy",
        "cases"), new JsonObject { ["case"] = Case(), ["instant"] = Text(@"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,7})?)?(Z|[+-]\d{2}:\d{2})$") });

    private static JsonObject Case() => Mapping(
        new JsonObject
        {
            ["name"] = Text().Said("In a sentence: what the case shows."),
            ["as"] = Text().Said("Who asks: a participant id."),
            ["claims"] = new JsonObject { ["type"] = "object", ["additionalProperties"] = SomeOf(Text()) }.Said("What is verified of it."),
            ["purposes"] = ListOf(Text()).Said("The purposes that it declares."),
            ["action"] = Word(Actions.Known.Order(StringComparer.Ordinal)).Said("What is to be done; use when left out."),
            ["at"] = Ref("instant").Said("When, with an offset; now when left out."),
            ["signed"] = Ref("instant").Said("When the agreement was signed."),
            ["lastUsed"] = AnyOf(Ref("instant"), Word("never")).Said("When the data was last used; not known when left out."),
            ["observed"] = new JsonObject { ["type"] = "object", ["additionalProperties"] = SomeOf(Text()) }.Said("What is observed of the use, by the operand's word, such as count: 3."),
            ["fulfilled"] = AnyOf(ListOf(Suggesting(Actions.Known.Order(StringComparer.Ordinal))), new JsonObject { ["type"] = "object", ["additionalProperties"] = Ref("instant") })
                .Said("Duties that are done, by their action or their place, such as permit[0].then[0]: a list of those done in time, or a mapping of each to when it was done."),
            ["for"] = Word(Enum.GetNames<EnforcementPoint>().Select(p => p.ToLowerInvariant())).Said("At which point; negotiation when left out."),
            ["expect"] = Word("permit", "refuse").Said("What must be decided; permit when left out."),
            ["reason"] = Word("policy-denied", "policy-prohibited", "policy-expired", "policy-not-known").Said("Why it must be refused."),
        },
        "name");
}
