using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Connector.Trust.Keys;
using Connector.Trust.Tests.Tokens;
using CsCheck;
using Microsoft.Extensions.Time.Testing;

namespace Connector.Trust.Tests.Signing;

public sealed class SignatureTests : IDisposable
{
    private const string Json = """{"uid":"urn:uuid:1","assigner":"did:web:cathode.example","n":[1,2.50]}""";

    private readonly FakeTimeProvider _time = new(Party.Start);
    private readonly Party _cells;
    private readonly Party _cathode;

    public SignatureTests()
    {
        _cells = new Party("cells", _time);
        _cathode = new Party("cathode", _time);
        _cathode.Peers.Apply(_cells.Document());
    }

    public void Dispose()
    {
        _cells.Dispose();
        _cathode.Dispose();
    }

    [Fact]
    public void Both_sides_verify_what_one_signed()
    {
        var jws = _cells.Signatures.SignJson(Json);
        Assert.Null(_cells.Signatures.VerifyJson(_cells.Id, Json, jws));
        Assert.Null(_cathode.Signatures.VerifyJson(_cells.Id, Json, jws));
    }

    [Fact]
    public void The_signature_is_a_detached_ES256_JWS_over_the_canonical_form()
    {
        var parts = _cells.Signatures.SignJson(Json).Split('.');
        Assert.Equal(3, parts.Length);
        Assert.Equal("", parts[1]);
        Assert.Equal(
            $$"""{"alg":"ES256","kid":"{{_cells.Keys.Current.Id}}","typ":"jcs+jws"}""",
            Encoding.UTF8.GetString(Base64Url.DecodeFromChars(parts[0])));
        var canonical = """{"assigner":"did:web:cathode.example","n":[1,2.5],"uid":"urn:uuid:1"}""";
        using var key = ECDsa.Create(new ECParameters
        {
            Curve = ECCurve.NamedCurves.nistP256,
            Q = new ECPoint { X = Base64Url.DecodeFromChars(_cells.Keys.Current.Public.X), Y = Base64Url.DecodeFromChars(_cells.Keys.Current.Public.Y) },
        });
        Assert.True(key.VerifyData(
            Encoding.ASCII.GetBytes($"{parts[0]}.{Forge.Part(canonical)}"), Base64Url.DecodeFromChars(parts[2]), HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation));
    }

    [Fact]
    public void Another_layout_of_the_same_content_verifies()
    {
        var jws = _cells.Signatures.SignJson(Json);
        Assert.Null(_cathode.Signatures.VerifyJson(_cells.Id, """{ "n": [1.0, 25e-1], "assigner": "did:web:cathode\u002eexample", "uid": "urn:uuid:1" }""", jws));
    }

    [Theory]
    [InlineData("""{"uid":"urn:uuid:2","assigner":"did:web:cathode.example","n":[1,2.50]}""")]
    [InlineData("""{"uid":"urn:uuid:1","assigner":"did:web:cathode.example","n":[2.5,1]}""")]
    [InlineData("""{"uid":"urn:uuid:1","assigner":"did:web:cathode.example"}""")]
    [InlineData("""{"uid":"urn:uuid:1","uid":"urn:uuid:1","assigner":"did:web:cathode.example","n":[1,2.50]}""")]
    [InlineData("not json")]
    public void Changed_content_does_not_verify(string changed) =>
        Assert.NotNull(_cathode.Signatures.VerifyJson(_cells.Id, changed, _cells.Signatures.SignJson(Json)));

    [Fact]
    public void A_signature_is_its_signers_alone()
    {
        using var third = new Party("third", _time);
        _cathode.Peers.Apply(third.Document());
        var jws = _cells.Signatures.SignJson(Json);
        Assert.Contains("not one of the signer's", _cathode.Signatures.VerifyJson(third.Id, Json, jws), StringComparison.Ordinal);
        Assert.Contains("no peer document", _cathode.Signatures.VerifyJson("did:web:stranger.example", Json, jws), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("none", "alg")]
    [InlineData("HS256", "alg")]
    [InlineData("RS256", "alg")]
    [InlineData("ES384", "alg")]
    public void Another_algorithm_is_refused(string algorithm, string told)
    {
        var header = Forge.Part($$"""{"alg":"{{algorithm}}","kid":"{{_cells.Keys.Current.Id}}","typ":"jcs+jws"}""");
        var jws = $"{header}..{_cells.Signatures.SignJson(Json).Split('.')[2]}";
        Assert.Contains(told, _cathode.Signatures.VerifyJson(_cells.Id, Json, jws), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("..")]
    [InlineData("a..b")]
    [InlineData("e30..AAAA")]
    [InlineData("e30.e30.AAAA")]
    public void What_is_not_a_detached_JWS_is_refused(string jws) =>
        Assert.NotNull(_cathode.Signatures.VerifyJson(_cells.Id, Json, jws));

    [Fact]
    public void A_token_does_not_pass_as_a_signature_over_its_own_payload()
    {
        var token = _cells.SelfIssued.For(_cathode.Id).Split('.');
        var payload = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(token[1]));
        Assert.Contains("typ", _cathode.Signatures.VerifyJson(_cells.Id, payload, $"{token[0]}..{token[2]}"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_signature_outlives_the_rotation_of_its_key()
    {
        var jws = _cells.Signatures.SignJson(Json);
        KeyFolder.Rotate(_cells.KeysFolder);
        _time.Advance(TimeSpan.FromSeconds(5));
        _cathode.Peers.Apply(_cells.Document());
        Assert.Null(_cells.Signatures.VerifyJson(_cells.Id, Json, jws));
        Assert.Null(_cathode.Signatures.VerifyJson(_cells.Id, Json, jws));
        Assert.Null(_cathode.Signatures.VerifyJson(_cells.Id, Json, _cells.Signatures.SignJson(Json)));
        Assert.NotEqual(jws.Split('.')[0], _cells.Signatures.SignJson(Json).Split('.')[0]);
    }

    [Fact]
    public void Hashes_are_signed_in_64_bytes_and_verified_by_any_own_key()
    {
        var hash = SHA256.HashData("entry"u8);
        var signature = _cells.Signatures.SignHash(hash);
        Assert.Equal(64, signature.Length);
        KeyFolder.Rotate(_cells.KeysFolder);
        _time.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(2, _cells.Keys.All.Length);
        Assert.True(_cells.Signatures.VerifyHash(hash, signature));
        Assert.False(_cathode.Signatures.VerifyHash(hash, signature));
        Assert.False(_cells.Signatures.VerifyHash(SHA256.HashData("other"u8), signature));
        Assert.False(_cells.Signatures.VerifyHash(hash, signature.AsSpan(0, 63)));
    }

    [Fact]
    public void No_other_text_of_a_signature_verifies()
    {
        var jws = _cells.Signatures.SignJson(Json);
        Gen.Select(Gen.Int[0, jws.Length - 1], Gen.Char).Where(change => jws[change.Item1] != change.Item2).Sample((at, character) =>
            _cathode.Signatures.VerifyJson(_cells.Id, Json, jws[..at] + character + jws[(at + 1)..]) is not null);
    }

    [Theory]
    [InlineData("AB")]
    [InlineData("AAB")]
    [InlineData("AA==")]
    [InlineData("AA ")]
    [InlineData("A")]
    [InlineData("A+")]
    public void Base64url_has_one_text_for_each_value(string text) =>
        Assert.Null(Connector.Trust.Signing.CompactParts.Decode(text));

    [Fact]
    public async Task Many_threads_sign_and_verify_with_one_key()
    {
        await Parallel.ForAsync(0, 500, (i, _) =>
        {
            var json = $$"""{"i":{{i}}}""";
            Assert.Null(_cathode.Signatures.VerifyJson(_cells.Id, json, _cells.Signatures.SignJson(json)));
            return ValueTask.CompletedTask;
        });
    }
}
