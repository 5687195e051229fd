using System.Collections.Frozen;

namespace Connector.Policies;

/// <summary>The actions of ODRL 2.2 that apply to data, and Catena-X's <c>access</c>: to know that data is there. All but <c>transfer</c> are included in <c>use</c>.</summary>
public static class Actions
{
    /// <summary>To see an offer in the catalog (Catena-X profile, CX-0152).</summary>
    public const string Access = "access";

    private const string Odrl = "http://www.w3.org/ns/odrl/2/";
    private const string CatenaX = "https://w3id.org/catenax/2025/9/policy/";

    private static readonly FrozenSet<string> s_known = new[]
    {
        "use", "transfer", Access, "aggregate", "anonymize", "archive", "attribute", "compensate", "concurrentUse", "delete", "derive", "digitize", "display", "distribute",
        "ensureExclusivity", "execute", "extract", "include", "index", "inform", "install", "modify", "move", "nextPolicy", "obtainConsent", "present", "print", "read",
        "reproduce", "reviewPolicy", "stream", "synchronize", "transform", "translate", "uninstall", "watermark", "give", "sell",
    }.ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenSet<string> s_underTransfer = new[] { "give", "sell" }.ToFrozenSet(StringComparer.Ordinal);

    public static IReadOnlyCollection<string> Known => s_known;

    /// <summary>The short name of an action given by IRI, prefix or short name; null when unknown.</summary>
    public static string? Find(string action)
    {
        if (action is CatenaX + Access or "cx-policy:" + Access)
        {
            return Access;
        }

        var name = action.StartsWith(Odrl, StringComparison.Ordinal) ? action[Odrl.Length..] : action.StartsWith("odrl:", StringComparison.Ordinal) ? action[5..] : action;
        return s_known.Contains(name) ? name : null;
    }

    /// <summary>How ODRL JSON names it: DSP's context knows <c>use</c> alone by its short name (DSP 2025-1, odrl-profile).</summary>
    public static string ToJson(string action) => action switch
    {
        "use" => action,
        Access => CatenaX + Access,
        _ => Odrl + action,
    };

    /// <summary>Whether a rule on one action speaks of another: odrl:includedIn, transitive.</summary>
    public static bool Covers(string rule, string action) => rule == action || rule switch
    {
        "use" => action != "transfer" && !s_underTransfer.Contains(action),
        "transfer" => s_underTransfer.Contains(action),
        _ => false,
    };
}
