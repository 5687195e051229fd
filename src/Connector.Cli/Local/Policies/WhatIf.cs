using System.Collections.Immutable;
using Connector.Policies;

namespace Connector.Cli.Local.Policies;

/// <summary>A question put to a policy: who asks, with what, when, for what, at which point.</summary>
internal static class WhatIf
{
    /// <param name="claims">Each <c>name=value</c>.</param>
    /// <param name="at">RFC 3339 with offset; null for now.</param>
    /// <param name="signed">When the agreement was signed; null for none.</param>
    /// <exception cref="Failure">A claim or an instant cannot be read.</exception>
    public static Facts Of(string participant, IEnumerable<string> claims, IEnumerable<string> purposes, string? at, string? signed, string? action = null) => new()
    {
        ParticipantId = participant,
        Claims = Stated(claims),
        Action = Action(action ?? "use"),
        Purposes = [.. purposes],
        Now = at is null ? TimeProvider.System.GetUtcNow() : Instants.Read(at),
        AgreementSignedAt = signed is null ? null : Instants.Read(signed),
    };

    /// <summary>The point that a word names.</summary>
    public static EnforcementPoint Point(string word) => Enum.GetNames<EnforcementPoint>().Contains(word, StringComparer.OrdinalIgnoreCase)
        ? Enum.Parse<EnforcementPoint>(word, ignoreCase: true)
        : throw new Failure($"'{word}' is no point of enforcement", $"give one of {string.Join(", ", Enum.GetNames<EnforcementPoint>().Select(p => p.ToLowerInvariant()))}", ExitCode.WrongUsage);

    /// <summary>What is stated as <c>name=value</c>; one name may come several times.</summary>
    public static ImmutableDictionary<string, Claim> Stated(IEnumerable<string> claims) =>
        claims.Select(Claim).GroupBy(c => c.Name, StringComparer.Ordinal).ToImmutableDictionary(g => g.Key, g => new Claim([.. g.Select(c => c.Value)], "given here"));

    /// <summary>A duty that is done: <c>obtainConsent</c> in time, or <c>obtainConsent=2029-04-01T00:00:00+09:00</c>.</summary>
    public static Fulfilment Fulfilled(string text) => text.IndexOf('=', StringComparison.Ordinal) is > 0 and var cut ? new Fulfilment(text[..cut], Instants.Read(text[(cut + 1)..])) : text;

    private static string Action(string word) => Actions.Find(word) ?? throw new Failure($"'{word}' is no action", Connector.Policies.Yaml.Fields.Suggest(word, Actions.Known), ExitCode.WrongUsage);

    private static (string Name, string Value) Claim(string text) => text.IndexOf('=', StringComparison.Ordinal) is > 0 and var cut
        ? (text[..cut], text[(cut + 1)..])
        : throw new Failure($"'{text}' is no claim", "write it as name=value", ExitCode.WrongUsage);
}
