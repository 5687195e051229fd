using System.Collections.Immutable;
using System.Globalization;
using Connector.Policies;

namespace Connector.Policy.Tests;

/// <summary>Facts that tests state in a line.</summary>
internal static class Asked
{
    public static readonly Facts Nothing = new() { ParticipantId = "did:web:a.example", Now = At("2027-01-15T00:00:00Z"), Claims = ImmutableDictionary<string, Claim>.Empty };

    public static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);

    public static Facts Claims(this Facts facts, string name, params string[] values) =>
        facts with { Claims = facts.Claims.ToImmutableDictionary().SetItem(name, new Claim([.. values], $"credential of {name}")) };

    public static Facts Observed(this Facts facts, string word, params string[] values) =>
        facts with { Observed = facts.Observed.ToImmutableDictionary().SetItem(word, new Claim([.. values], "observed")) };

    public static Facts For(this Facts facts, params string[] purposes) => facts with { Purposes = [.. purposes] };

    public static Facts On(this Facts facts, string now) => facts with { Now = At(now) };

    public static Facts Signed(this Facts facts, string at) => facts with { AgreementSignedAt = At(at) };

    /// <summary>The answer at the start of a transfer, of one permission to use under a condition.</summary>
    public static bool Allows(string when, Facts facts, EnforcementPoint at = EnforcementPoint.Transfer) => Permits($"permit: [ {{ when: [ {when} ] }} ]", facts, at);

    /// <summary>The answer at the start of a transfer, of free use but for one prohibition.</summary>
    public static bool Strikes(string when, Facts facts, EnforcementPoint at = EnforcementPoint.Transfer) => !Permits($"permit: [ {{ action: use }} ]\nforbid: [ {{ when: [ {when} ] }} ]", facts, at);

    public static bool Permits(string body, Facts facts, EnforcementPoint at = EnforcementPoint.Transfer) => Evaluate(body, facts, at).Permitted;

    /// <summary>The verdict, which is checked to agree with the answer that bears no trace.</summary>
    public static Verdict Evaluate(string body, Facts facts, EnforcementPoint at = EnforcementPoint.Transfer)
    {
        var compiled = PolicyText.Compile(body);
        var verdict = compiled.Evaluate(at, facts);
        Assert.Equal(compiled.Permits(at, facts), verdict.Permitted);
        return verdict;
    }

    /// <summary>What is wrong with the body of a policy document.</summary>
    public static string Faults(string body)
    {
        var faults = new List<Fault>();
        PolicyText.Read($"apiVersion: connector/v1\nkind: Policy\nname: p\n{body}\n", faults);
        return string.Join('\n', faults);
    }
}
