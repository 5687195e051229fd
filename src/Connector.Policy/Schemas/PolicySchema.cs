using System.Text.Json.Nodes;
using static Connector.Policies.Schemas.Schema;

namespace Connector.Policies.Schemas;

/// <summary>The schema of Policy documents, made from the typed vocabulary.</summary>
public static class PolicySchema
{
    /// <summary>The keys of a Policy document beside its head.</summary>
    /// <param name="definitions">Where the definitions that they refer to are put.</param>
    public static JsonObject Properties(JsonObject definitions, Vocabulary vocabulary)
    {
        ConditionSchema.AddTo(definitions, vocabulary);
        definitions["when"] = Ref(ConditionSchema.Name).Said("All of these must hold; nest with all, any, oneOf and inOrder.");
        definitions["due"] = Due();
        definitions["duty"] = Duty();
        definitions["duties"] = ListOf(Ref("duty"));
        definitions["permission"] = Rule("then", "What whoever uses it must do.");
        definitions["prohibition"] = Rule("remedy", "What whoever does it all the same must do.");
        return new JsonObject
        {
            ["permit"] = ListOf(Ref("permission")).Said("What is allowed. What no rule here speaks of is refused."),
            ["forbid"] = ListOf(Ref("prohibition")).Said("What is forbidden, whatever permit says."),
            ["oblige"] = Ref("duties").Said("What must be done in any case."),
            ["profile"] = ListOf(Text()).Said("IRIs of the ODRL profiles whose words the policy uses."),
        };
    }

    /// <summary>What a Policy must have beside its head.</summary>
    public static JsonArray Required() => new(new JsonObject { ["required"] = Array("permit") }, new JsonObject { ["required"] = Array("forbid") });

    private static JsonObject Rule(string duties, string says) => Mapping(new JsonObject
    {
        ["action"] = Word(Actions.Known.Order(StringComparer.Ordinal)).Said("What is done; 'use' when it is left out, which covers every action but transfer, give and sell."),
        ["when"] = Ref("when"),
        ["refine"] = Ref("when").Said("What narrows the action itself (odrl:refinement)."),
        [duties] = Ref("duties").Said(says),
    });

    private static JsonObject Duty()
    {
        var actions = new JsonObject();
        foreach (var action in Actions.Known.Order(StringComparer.Ordinal))
        {
            actions[action] = AnyOf(Ref("due"), new JsonObject { ["type"] = "null" });
        }

        return Some(Mapping(actions));
    }

    private static JsonObject Due() => Mapping(new JsonObject
    {
        ["within"] = Ref("span").Said("How long there is for it, such as P30D."),
        ["before"] = Ref("instant").Said("By when, with an offset, such as 2029-04-01T00:00:00+09:00."),
        ["after"] = Suggesting(["agreementEnd", "agreementStart", "transferEnd", "firstUse"]).Said("The event from which on it is owed."),
        ["when"] = Ref("when"),
        ["refine"] = Ref("when"),
        ["otherwise"] = Ref("duties").Said("What must be done too when this was not done."),
    });
}
