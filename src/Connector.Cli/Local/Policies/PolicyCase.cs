using System.Collections.Immutable;
using Connector.Policies;
using Connector.Policies.Yaml;

namespace Connector.Cli.Local.Policies;

/// <summary>One case of a policy's tests: facts, and the verdict that they must lead to.</summary>
/// <param name="Name">In a sentence, what it shows.</param>
/// <param name="Reason">Why it must be refused; null when that does not matter.</param>
/// <param name="Place">Where it stands, as <c>file:line</c>.</param>
internal sealed record PolicyCase(string Policy, string Name, EnforcementPoint At, Facts Facts, bool Permitted, string? Reason, string Place)
{
    private static readonly string[] s_points = [.. Enum.GetNames<EnforcementPoint>().Select(p => p.ToLowerInvariant())];

    /// <summary>Reads a case; what is wrong is noted on the fields.</summary>
    public static PolicyCase Read(string policy, Fields fields, string file)
    {
        var name = fields.Required("name", "say in a sentence what the case shows");
        var permitted = fields.OneOf("expect", "permit", "refuse") == "permit";
        var point = fields.Text("for") is null ? EnforcementPoint.Negotiation : Enum.Parse<EnforcementPoint>(fields.OneOf("for", s_points), ignoreCase: true);
        var facts = new Facts
        {
            ParticipantId = fields.Text("as") ?? "did:web:somebody.example",
            Action = fields.Text("action") is null ? "use" : fields.OneOf("action", [.. Actions.Known.Order(StringComparer.Ordinal)]),
            Claims = Stated(fields, "claims"),
            Purposes = fields.Texts("purposes"),
            Now = Instant(fields, "at") ?? TimeProvider.System.GetUtcNow(),
            AgreementSignedAt = Instant(fields, "signed"),
            LastUsedAt = fields.Text("lastUsed") == "never" ? DateTimeOffset.MinValue : Instant(fields, "lastUsed"),
            Observed = Stated(fields, "observed"),
            Fulfilled = Fulfilled(fields),
        };
        var reason = fields.Text("reason") is null ? null : fields.OneOf("reason", "policy-denied", "policy-prohibited", "policy-expired", "policy-not-known");
        fields.Close();
        return new PolicyCase(policy, name, point, facts, permitted, reason, FormattableString.Invariant($"{file}:{fields.Node.Line}"));
    }

    private static ImmutableDictionary<string, Claim> Stated(Fields fields, string key)
    {
        var stated = fields.Section(key);
        return stated?.Node.Entries.ToImmutableDictionary(e => e.Key, e => new Claim(stated.Texts(e.Value, e.Key), "this case")) ?? ImmutableDictionary<string, Claim>.Empty;
    }

    // A list of duties done in time; or a mapping of each to when it was done.
    private static ImmutableArray<Fulfilment> Fulfilled(Fields fields) => fields.Find("fulfilled") is YamlMapping && fields.Section("fulfilled") is { } dated
        ? [.. dated.Node.Entries.Select(e => new Fulfilment(e.Key, Instant(dated, e.Key)))]
        : [.. fields.Texts("fulfilled")];

    private static DateTimeOffset? Instant(Fields fields, string key)
    {
        if (fields.Text(key) is not { } text)
        {
            return null;
        }

        if (Spans.TryInstant(text, out var instant))
        {
            return instant;
        }

        fields.Fault(fields.Find(key)!, key, $"'{Fields.Shown(text)}' is no instant with an offset", "write it as 2029-04-01T00:00:00+09:00");
        return null;
    }
}
