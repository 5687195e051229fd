using System.Buffers.Text;
using System.Text;
using Connector.Trust.Keys;
using CsCheck;

namespace Connector.Trust.Tests.Tokens;

/// <summary>Tokens, signatures and keys as a hostile peer writes them: JSON with something strange in it, in what form it should have.</summary>
public sealed class StrangeTokenTests() : TwoParties(presents: false)
{
    private static readonly Gen<string> s_json = Gen.Select(
        Pick("iss", "sub", "aud", "exp", "iat", "nbf", "jti", "cnf", "reuse", "alg", "kid", "typ", "crit", "kty", "crv", "x", "y", "d", "use", "\\ud83d", "ex\\u0070", "x5t#S256", ""),
        Pick("\"did:web:cells.example\"", "\"did:web:cathode.example\"", "\"ES256\"", "\"none\"", "\"EC\"", "\"P-256\"", "\"sig\"", "\"\\ud83d\"", "\"\\u0000\"", "\"\u0663\"", "\"\"", "null", "true", "0", "-0", "-1", "1e400", "1e308", "1764000000.5", "9223372036854775808", "253402300800", "[]", "[null]", "[\"\\udc00\"]", "{}",
            "{\"x5t#S256\":\"\\ud83d\"}", "{\"\\ud83d\":1}", "{\"x5t#S256\":null}", "[[[[[[[[[]]]]]]]]]", "\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\"", "\"____________________________________________\""))
        .Array[0, 9].Select(members => $"{{{string.Join(',', members.Select(m => $"\"{m.Item1}\":{m.Item2}"))}}}");

    private static readonly Gen<string> s_part = Gen.Frequency(
        (8, s_json.Select(json => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json)))),
        (4, Gen.Const(Forge.Part("""{"alg":"ES256","kid":"k","typ":"JWT"}"""))),
        (1, Gen.Byte.Array[0, 40].Select(bytes => Base64Url.EncodeToString(bytes))),
        (1, Pick("", "=", "A", "AAAA", ".", "~", "\0", "\u0663", "\ud83d", " ")));

    [Fact]
    public async Task Whatever_a_token_says_it_is_refused() =>
        await Gen.Select(s_part, s_part, s_part, Pick("", "", "~0", "~-1", "~9223372036854775808", "~\u0663", ".", "~1~2")).SampleAsync(async (header, payload, signature, end) =>
            Assert.NotEmpty((await _cathode.Authenticator.AuthenticateAsync($"{header}.{payload}.{signature}{end}", null, default)).Refusal!.Message), iter: 3_000);

    [Fact]
    public async Task Whatever_a_signed_token_says_it_is_let_in_or_refused() =>
        await s_json.SampleAsync(async payload =>
        {
            var token = Forge.Sign(Forge.Header(_cells.Keys.Current).ToJsonString(), payload, _cells.Keys.Current);
            Assert.NotEmpty((await _cathode.Authenticator.AuthenticateAsync(token, null, default)).Refusal?.Message ?? "let in");
        }, iter: 1_000);

    [Fact]
    public void Whatever_is_signed_over_whatever_it_verifies_or_not() =>
        Gen.Select(s_json, s_part, s_part).Sample((json, header, signature) => Assert.NotEmpty(_cathode.Signatures.VerifyJson(_cells.Id, json, $"{header}..{signature}")!), iter: 2_000);

    [Fact]
    public void Whatever_a_key_says_it_is_read_or_refused_by_its_members() =>
        s_json.Sample(json =>
        {
            try
            {
                Assert.NotNull(Jwk.Read(json));
            }
            catch (FormatException e)
            {
                Assert.NotEmpty(e.Message);
            }
        }, iter: 3_000);

    private static Gen<string> Pick(params string[] texts) => Gen.Int[0, texts.Length - 1].Select(at => texts[at]);
}
