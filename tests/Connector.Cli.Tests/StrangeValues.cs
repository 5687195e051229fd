using CsCheck;

namespace Connector.Cli.Tests;

/// <summary>What an operator may write where a value is wanted: nearly right, at the ends of what can be counted, of other scripts, of another kind, or nothing.</summary>
internal static class StrangeValues
{
    private static readonly string[] s_yaml =
    [
        "", "~", "null", "''", "' '", "\"\\0\"", "\"a\\0b\"", "\"\\n\"", "\"\\u3000\"", "\"\\u202Ea\"", "\"\\uFFFE\"", "\"\\x1B[2J\"", "\"\\uD83D\\uDE00\"", "[]", "{}", "[ ~ ]", "[ [] ]", "{ a: b }", "{ ~: ~ }", "[ a, \"\\0\" ]", "'[1;31m[/]'",
        "0", "-1", "-0", "+1", "٣", "３", "1e9", "0x10", "99999999999999999999", "2147483648", "9223372036854775808", ".5", "NaN", "P1Y", "PT0S", "P", "999999999h", "1ms", "\"30s\\n\"", "10675199d", "P106751990000D",
        "9999-12-31T23:59:59.9999999Z", "9999-12-31T23:59:59-14:00", "0001-01-01T00:00:00Z", "0001-01-01T00:00:00+14:00", "2029-02-30T00:00:00Z", "true", "on", "a", "'*'", "**", "/", "..", "./a/../../b", "'::1'", "'fe80::1%eth0'", "127.1", "256.0.0.1",
        "0.0.0.0/0", "'::/129'", "10.0.0.0/-1", "https://a.example", "https://[::1", "https://a.example:99999", "https://a.example:0", "'https://%'", "https://ａ.example", "'https://a b'", "http://127.0.0.1", "https://-", "https://xn--a", "'https://xn--\u3002'", "'mailto:a@b'", "'https:'", "file:///a",
        "did:web:a.example", "\"did:web:a.example\\n\"", "'did:web:%'", "'did:'", "'urn:'", "urn:a:b", "static", "oidc", "pinned", "auto", "2025-1", "application/json", "'a/b;'", "ja", "zz-ZZ-zzzzzzzzzz", "membership", "use", "delete", "country", "claim",
    ];

    /// <summary>As YAML, to be put after a colon.</summary>
    public static readonly Gen<string> Yaml = Gen.Frequency((8, Gen.Int[0, s_yaml.Length - 1].Select(i => s_yaml[i])), (1, Gen.Int[1, 70_000].Select(n => new string('x', n))), (1, Gen.Int[1, 70].Select(n => string.Concat(Enumerable.Repeat("[", n)) + string.Concat(Enumerable.Repeat("]", n)))));
}
