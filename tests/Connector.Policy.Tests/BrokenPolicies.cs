using Connector.Policies;

namespace Connector.Policy.Tests;

/// <summary>What people and machines write into policy files by mistake, or on purpose.</summary>
internal static class BrokenPolicies
{
    private const string Head = "apiVersion: connector/v1\nkind: Policy\nname: broken\npermit:\n  - ";

    private static readonly string[] s_instants =
    [
        "2029-04-01", "2029-04-01T00:00:00", "2029-13-01T00:00:00Z", "2029-02-30T00:00:00Z", "2029-04-01T25:00:00Z", "2029-04-01 00:00:00Z", "tomorrow", "01.04.2029", "2029-04-01T00:00:00+9", "2029-04-01T00:00:00 JST",
        "2029/04/01T00:00:00Z", "29-04-01T00:00:00Z", "0", "2029-04-01T00:00:00z+1", "2029-W14-1T00:00:00Z", "R2029", "2029-04-31T00:00:00Z", "2029-00-01T00:00:00Z", "2029-04-00T00:00:00Z", "2029-04-01T00:61:00Z",
    ];

    private static readonly string[] s_spans =
    [
        "30 days", "30", "P", "PT", "P30", "30D", "P-30D", "-P30D", "P30X", "P1D1Y", "PT30D", "P1.5D", "p30d", "P30D ago", "1M", "P99999999999D", "P1YT", "P1W2", "month", "P T1H",
    ];

    private static readonly string[] s_counts = ["-1", "-0.5", "365001", "1e2", "P30D", "30 days", "1,5", "one"];

    private static IEnumerable<string> Rules =>
    [
        .. Operands.Words.Select(word => $"when: [ {{ {word}q: x }} ]"),
        .. Operands.Words.Select(word => $"when: [ {{ {word}: {{ bogus: x }} }} ]"),
        .. Operands.Words.Select(word => $"when: [ {{ {word}: }} ]"),
        .. Operands.Words.Select(word => $"when: [ {{ {word}: [ {{ a: b }} ] }} ]"),
        .. Operands.Words.Select(word => $"when: [ {{ {word}: &again x }} ]"),
        .. Actions.Known.Order(StringComparer.Ordinal).Select(action => $"action: {action}q"),
        .. Actions.Known.Order(StringComparer.Ordinal).Select(action => $"then: [ {{ {action}q: {{ within: P30D }} }} ]"),
        .. s_instants.Select(instant => $"when: [ {{ now: {{ before: \"{instant}\" }} }} ]"),
        .. s_spans.Select(span => $"when: [ {{ elapsed: {{ max: \"{span}\" }} }} ]"),
        .. Operands.All.Where(o => o.Counted is not null).SelectMany(o => s_counts.Select(count => $"when: [ {{ {o.Word}: \"{count}\" }} ]")),
        "when: [ { any: [] } ]", "when: [ { all: x } ]", "when: [ { oneOf: { } } ]", "when: x", "when: [ x ]", "when: [ [ ] ]", "when: [ { claim: x } ]", "when: [ { claim: { is: x } } ]", "when: [ { claim: { name: x } } ]",
        "then: x", "then: [ { delete: { whithin: P30D } } ]", "then: [ { delete: x } ]", "whem: []", "action: [ use ]", "action: { use: now }", "when: &a [ { any: *a } ]", "when: [ *nowhere ]", "when: [", "when: ]", "when: \"",
        $"when: {new string('[', 60)}{new string(']', 60)}",
    ];

    /// <summary>Each is one rule of a policy file that must be refused.</summary>
    public static IReadOnlyList<string> All { get; } = [.. Rules.Distinct(StringComparer.Ordinal)];

    /// <summary>A policy file with such a rule.</summary>
    public static string File(string rule) => $"{Head}{rule}\n";
}
