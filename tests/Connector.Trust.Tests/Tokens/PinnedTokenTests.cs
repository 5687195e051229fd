using System.Text.Json.Nodes;
using Connector.ControlPlane;
using Connector.ControlPlane.Participants;
using Connector.Trust.Keys;
using Connector.Trust.Tokens;

namespace Connector.Trust.Tests.Tokens;

public sealed class PinnedTokenTests() : TwoParties(presents: false)
{
    [Fact]
    public async Task A_fresh_token_tells_who_calls_and_what_the_operator_vouches_for()
    {
        var peer = (await Call(_cells.SelfIssued.For(_cathode.Id))).Value;
        Assert.Equal(_cells.Id, peer.ParticipantId);
        Assert.Equal(["active"], peer.Claims["membership"].Values);
        Assert.Equal("pinned peer document cells", peer.Source);
        Assert.Equal(Party.Start.AddSeconds(60), peer.ValidUntil);
    }

    [Fact]
    public async Task Each_call_gets_a_token_of_its_own()
    {
        for (var i = 0; i < 100; i++)
            Assert.False((await Call(_cells.SelfIssued.For(_cathode.Id))).Refused);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public async Task A_call_without_a_token_is_refused(string? token) => await Refused("token-missing", token);

    [Theory]
    [InlineData("x")]
    [InlineData("a.b")]
    [InlineData("a.b.c.d")]
    [InlineData("a.b.c.d.e")]
    [InlineData("..")]
    [InlineData("e30.e30.AAAA")]
    [InlineData("e30=.e30.AAAA")]
    [InlineData("W10.e30.AAAA")]
    [InlineData("日本.e30.AAAA")]
    public async Task What_is_not_a_token_is_refused(string token) => await Refused("token-malformed", token);

    [Theory]
    [InlineData("iss", "1")]
    [InlineData("aud", "{}")]
    [InlineData("aud", "[1]")]
    [InlineData("exp", "\"tomorrow\"")]
    [InlineData("exp", "-1")]
    [InlineData("exp", "1e300")]
    [InlineData("iat", "null")]
    [InlineData("jti", "[]")]
    [InlineData("cnf", "\"x\"")]
    [InlineData("cnf", "{\"jkt\":\"x\"}")]
    [InlineData("deep", "[[[[[[[[[]]]]]]]]]")]
    public async Task A_claim_of_the_wrong_shape_is_refused(string claim, string value) =>
        await Refused("token-malformed", Token(payload => payload[claim] = JsonNode.Parse(value)));

    [Theory]
    [InlineData("iss")]
    [InlineData("iat")]
    [InlineData("exp")]
    public async Task A_token_that_lacks_a_claim_is_refused(string claim) =>
        await Refused("token-malformed", Token(payload => payload.Remove(claim)));

    [Theory]
    [InlineData("iss", "\"did:web:other.example\"")]
    [InlineData("exp", "9999999999")]
    [InlineData("jti", "\"second\"")]
    [InlineData("aud", "\"did:web:other.example\"")]
    public async Task A_claim_given_twice_is_refused(string claim, string value)
    {
        var payload = Forge.Payload(_cells, _cathode).ToJsonString();
        var twice = $"{payload[..^1]},\"{claim}\":{value}}}";
        await Refused("token-malformed", Forge.Sign(Forge.Header(_cells.Keys.Current).ToJsonString(), twice, _cells.Keys.Current));
    }

    [Theory]
    [InlineData("none")]
    [InlineData("None")]
    [InlineData("NONE")]
    public async Task An_unsigned_token_is_refused(string algorithm)
    {
        var payload = Forge.Part(Forge.Payload(_cells, _cathode).ToJsonString());
        var header = Forge.Part($$"""{"alg":"{{algorithm}}","kid":"{{_cells.Keys.Current.Id}}"}""");
        await Refused("token-unsigned", $"{header}.{payload}.");
        await Refused("token-unsigned", $"{header}.{payload}.AAAA");
    }

    [Fact]
    public async Task A_token_whose_signature_was_cut_off_is_refused()
    {
        var token = _cells.SelfIssued.For(_cathode.Id);
        await Refused("token-unsigned", token[..(token.LastIndexOf('.') + 1)]);
    }

    [Theory]
    [InlineData("HS256")]
    [InlineData("RS256")]
    [InlineData("ES384")]
    [InlineData("es256")]
    [InlineData("ES256K")]
    public async Task Another_algorithm_is_refused(string algorithm) =>
        await Refused("token-algorithm", Token(header: header => header["alg"] = algorithm));

    [Fact]
    public async Task A_secret_made_of_the_public_key_signs_nothing()
    {
        var header = Forge.Part($$"""{"alg":"HS256","kid":"{{_cells.Keys.Current.Id}}"}""");
        var input = $"{header}.{Forge.Part(Forge.Payload(_cells, _cathode).ToJsonString())}";
        var mac = System.Security.Cryptography.HMACSHA256.HashData(
            System.Text.Encoding.UTF8.GetBytes(_cells.Keys.PublicJwks[0]), System.Text.Encoding.ASCII.GetBytes(input));
        await Refused("token-algorithm", $"{input}.{System.Buffers.Text.Base64Url.EncodeToString(mac)}");
    }

    [Fact]
    public async Task A_token_signed_by_somebody_else_is_refused()
    {
        using var thief = new Party("thief", _time);
        var payload = Forge.Payload(_cells, _cathode);
        await Refused("token-signature", Forge.Sign(Forge.Header(_cells.Keys.Current), payload, thief.Keys.Current));
        await Refused("token-signature", Forge.Sign(Forge.Header(thief.Keys.Current), payload, thief.Keys.Current));
    }

    [Fact]
    public async Task A_key_that_the_header_itself_brings_along_is_not_believed()
    {
        using var thief = new Party("thief", _time);
        var header = Forge.Header(thief.Keys.Current);
        header["jwk"] = JsonNode.Parse(thief.Keys.PublicJwks[0]);
        await Refused("token-signature", Forge.Sign(header, Forge.Payload(_cells, _cathode), thief.Keys.Current));
    }

    [Fact]
    public async Task A_changed_token_is_refused_wherever_it_was_changed()
    {
        var token = _cells.SelfIssued.For(_cathode.Id);
        for (var i = 0; i < token.Length; i++)
        {
            if (token[i] == '.')
                continue;
            var changed = token[..i] + (token[i] == 'A' ? 'B' : 'A') + token[(i + 1)..];
            Assert.True((await Call(changed)).Refused, $"position {i}");
        }

        Assert.False((await Call(token)).Refused);
    }

    [Fact]
    public async Task A_header_with_an_extension_that_must_be_understood_is_refused() =>
        await Refused("token-malformed", Token(header: header => header["crit"] = new JsonArray("b64")));

    [Fact]
    public async Task A_signature_over_something_else_does_not_pass_as_a_token() =>
        await Refused("token-type", Token(header: header => header["typ"] = "jcs+jws"));

    [Fact]
    public async Task An_issuer_that_nobody_knows_is_refused()
    {
        using var stranger = new Party("stranger", _time);
        await Refused("token-issuer-unknown", stranger.SelfIssued.For(_cathode.Id));
    }

    [Fact]
    public async Task A_peer_of_another_trust_domain_cannot_issue_for_itself()
    {
        _cathode.Peers.Apply(_cells.Document("keycloak") with { Keys = _cells.Keys.PublicJwks });
        await Refused("token-issuer-unknown", _cells.SelfIssued.For(_cathode.Id));
    }

    [Fact]
    public async Task A_peer_cannot_speak_for_another() =>
        await Refused("token-subject", Token(payload => payload["sub"] = "did:web:other.example"));

    [Fact]
    public async Task A_token_for_somebody_else_is_refused() =>
        await Refused("token-audience", _cells.SelfIssued.For("did:web:other.example"));

    [Fact]
    public async Task A_token_without_an_audience_is_refused() =>
        await Refused("token-audience", Token(payload => payload.Remove("aud")));

    [Fact]
    public async Task One_of_several_audiences_may_be_ours() =>
        Assert.False((await Call(Token(payload => payload["aud"] = new JsonArray("did:web:other.example", _cathode.Id)))).Refused);

    [Fact]
    public async Task A_token_expires_and_the_skew_is_granted()
    {
        var token = _cells.SelfIssued.For(_cathode.Id);
        var other = _cells.SelfIssued.For(_cathode.Id);
        _time.Advance(TimeSpan.FromSeconds(89));
        Assert.False((await Call(token)).Refused);
        _time.Advance(TimeSpan.FromSeconds(1));
        await Refused("token-expired", other);
    }

    [Theory]
    [InlineData("iat")]
    [InlineData("nbf")]
    public async Task A_token_from_the_future_is_refused_beyond_the_skew(string claim)
    {
        var now = _time.GetUtcNow().ToUnixTimeSeconds();
        Assert.False((await Call(Token(payload => payload[claim] = now + 30))).Refused);
        await Refused("token-not-yet-valid", Token(payload => payload[claim] = now + 31));
    }

    [Fact]
    public async Task A_token_that_lives_too_long_is_refused()
    {
        var now = _time.GetUtcNow().ToUnixTimeSeconds();
        Assert.False((await Call(Token(payload => payload["exp"] = now + 300))).Refused);
        await Refused("token-lifetime", Token(payload => payload["exp"] = now + 301));
    }

    [Fact]
    public async Task A_token_is_good_for_one_call()
    {
        var token = _cells.SelfIssued.For(_cathode.Id);
        Assert.False((await Call(token)).Refused);
        await Refused("token-replayed", token);
        _time.Advance(TimeSpan.FromSeconds(89));
        await Refused("token-replayed", token);
    }

    [Fact]
    public async Task A_jti_is_good_for_one_token()
    {
        Assert.False((await Call(Token(_ => { }))).Refused);
        await Refused("token-replayed", Token(payload => payload["exp"] = payload["exp"]!.GetValue<long>() + 100));
    }

    [Fact]
    public async Task Of_many_calls_with_one_token_at_the_same_time_one_goes_through()
    {
        var token = _cells.SelfIssued.For(_cathode.Id);
        var results = await Task.WhenAll(Enumerable.Range(0, 64).Select(_ => Task.Run(async () => await Call(token))));
        Assert.Single(results, static result => !result.Refused);
        Assert.All(results.Where(static result => result.Refused), static result => Assert.Equal("token-replayed", result.Refusal!.Code));
    }

    [Fact]
    public async Task A_refused_token_is_not_used_up()
    {
        var token = Token(payload => payload["cnf"] = new JsonObject { ["x5t#S256"] = _cells.Pin });
        await Refused("token-binding", token);
        Assert.False((await Call(token, _cells.Pin)).Refused);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public async Task A_token_without_a_jti_is_refused(string? id) =>
        await Refused("token-without-jti", Token(payload => SetOrRemove(payload, "jti", id)));

    [Fact]
    public async Task A_token_from_before_the_start_is_asked_for_again()
    {
        var token = _cells.SelfIssued.For(_cathode.Id);
        _time.Advance(TimeSpan.FromSeconds(1));
        var restarted = new PeerAuthenticator(
            _cathode.Peers, new PinnedTokens(_cathode.Id, _cathode.PeerKeys, _time, new TokenOptions()), [], new TokenOptions());
        var refusal = (await restarted.AuthenticateAsync(token, null, default)).Refusal!;
        Assert.Equal(("token-before-start", RefusalKind.Unavailable), (refusal.Code, refusal.Kind));
        Assert.False((await restarted.AuthenticateAsync(_cells.SelfIssued.For(_cathode.Id), null, default)).Refused);
    }

    [Fact]
    public async Task A_peer_that_floods_is_refused_by_itself_and_told_when_to_come_again()
    {
        using var small = new Party("small", _time, new TokenOptions { ReplayCapacity = 32 });
        using var honest = new Party("honest", _time);
        small.Peers.Apply(_cells.Document(pinCertificate: false));
        small.Peers.Apply(honest.Document(pinCertificate: false));
        ValueTask<Result<Peer>> From(Party caller) => small.Authenticator.AuthenticateAsync(caller.SelfIssued.For(small.Id), null, default);

        for (var i = 0; i < 16; i++)
            Assert.False((await From(_cells)).Refused);
        var refusal = (await From(_cells)).Refusal!;
        Assert.Equal(("token-replay-full", RefusalKind.Unavailable), (refusal.Code, refusal.Kind));
        Assert.StartsWith("16 of your tokens are remembered", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(TimeSpan.FromSeconds(100), refusal.RetryAfter);
        Assert.StartsWith("call again in 100 s", refusal.Mend, StringComparison.Ordinal);

        for (var i = 0; i < 8; i++)
            Assert.False((await From(honest)).Refused);
        Assert.True((await From(_cells)).Refused);
        _time.Advance(TimeSpan.FromSeconds(100));
        Assert.False((await From(_cells)).Refused);
    }

    [Fact]
    public async Task A_token_bound_to_a_certificate_needs_that_certificate()
    {
        string Bound() => Token(payload =>
        {
            payload["jti"] = Guid.NewGuid().ToString();
            payload["cnf"] = new JsonObject { ["x5t#S256"] = _cells.Pin };
        });
        await Refused("token-binding", Bound());
        await Refused("token-binding", Bound(), _cathode.Pin);
        Assert.False((await Call(Bound(), _cells.Pin)).Refused);
    }

    [Fact]
    public async Task Where_binding_is_required_an_unbound_token_is_refused()
    {
        using var strict = new Party("strict", _time, new TokenOptions { RequireCertificateBinding = true });
        strict.Peers.Apply(_cells.Document());
        var refusal = (await strict.Authenticator.AuthenticateAsync(_cells.SelfIssued.For(strict.Id), _cells.Pin, default)).Refusal!;
        Assert.Equal("token-binding", refusal.Code);
    }

    [Fact]
    public async Task A_certificate_that_the_peer_document_does_not_allow_is_refused()
    {
        using var other = new Party("other", _time);
        _cathode.Peers.Apply(_cells.Document(pinCertificate: true));
        await Refused("token-binding", Token(payload => payload["cnf"] = new JsonObject { ["x5t#S256"] = other.Pin }), other.Pin);
    }

    [Fact]
    public async Task A_token_that_is_too_large_is_refused() =>
        await Refused("token-too-large", new string('a', 8193));

    [Fact]
    public async Task After_a_rotation_old_and_new_key_are_accepted_while_the_document_has_both()
    {
        var old = _cells.SelfIssued.For(_cathode.Id);
        KeyFolder.Rotate(_cells.KeysFolder);
        _time.Advance(TimeSpan.FromSeconds(5));
        await Refused("token-signature", _cells.SelfIssued.For(_cathode.Id));
        _cathode.Peers.Apply(_cells.Document(pinCertificate: false));
        Assert.False((await Call(_cells.SelfIssued.For(_cathode.Id))).Refused);
        Assert.False((await Call(old)).Refused);
        _cathode.Peers.Apply(_cells.Document(pinCertificate: false) with { Keys = [_cells.Keys.PublicJwks[0]] });
        await Refused("token-signature", Forge.Sign(Forge.Header(_cells.Keys.All[0]), Forge.Payload(_cells, _cathode), _cells.Keys.All[0]));
    }

    [Fact]
    public async Task No_refusal_repeats_the_token()
    {
        var token = Token(payload => payload["aud"] = "did:web:other.example");
        var refusal = (await Call(token)).Refusal!;
        Assert.DoesNotContain(token.Split('.')[2], refusal.ToString(), StringComparison.Ordinal);
        Assert.NotNull(refusal.Mend);
    }

    private static void SetOrRemove(JsonObject payload, string claim, string? value)
    {
        if (value is null)
            payload.Remove(claim);
        else
            payload[claim] = value;
    }

    private string Token(Action<JsonObject>? payload = null, Action<JsonObject>? header = null)
    {
        var head = Forge.Header(_cells.Keys.Current);
        var body = Forge.Payload(_cells, _cathode);
        header?.Invoke(head);
        payload?.Invoke(body);
        return Forge.Sign(head, body, _cells.Keys.Current);
    }

    private ValueTask<Result<Peer>> Call(string? token, string? certificate = null) => _cathode.Authenticator.AuthenticateAsync(token, certificate, default);

    private async Task Refused(string code, string? token, string? certificate = null)
    {
        var refusal = (await Call(token, certificate)).Refusal;
        Assert.NotNull(refusal);
        Assert.Equal((code, RefusalKind.Unauthenticated), (refusal.Code, refusal.Kind));
    }
}
