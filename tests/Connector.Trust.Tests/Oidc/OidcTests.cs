using System.Collections.Immutable;
using System.Text.Json;
using Connector.ControlPlane;
using Connector.ControlPlane.Participants;
using Connector.Testing;
using Connector.Trust.Oidc;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Microsoft.IdentityModel.Tokens;

namespace Connector.Trust.Tests.Oidc;

/// <summary>Two companies that know each other through a real issuer.</summary>
public sealed class OidcTests : IAsyncLifetime
{
    private const string Domain = "keycloak";
    private static readonly string[] Roles = ["member", "buyer"];

    private readonly FakeTimeProvider _time = new(Party.Start);
    private readonly List<OidcDomain> _domains = [];
    private Party _cells = null!;
    private Party _cathode = null!;
    private OidcIssuer _issuer = null!;
    private OidcClient _client = null!;
    private TokenSource _source = null!;
    private PeerAuthenticator _authenticator = null!;

    public async ValueTask InitializeAsync()
    {
        _issuer = await OidcIssuer.StartAsync(_time);
        _cells = new Party("cells", _time, presents: true);
        _cathode = new Party("cathode", _time);
        _cells.Peers.Apply(_cathode.Document(Domain));
        _client = new OidcClient("connector-cells", _cells.Keys.PublicKeySet, _cathode.Id, new Dictionary<string, object>
        {
            ["sub"] = _cells.Id,
            ["number"] = "7123456789012",
            ["realm_access"] = new Dictionary<string, object> { ["roles"] = Roles },
        });
        _issuer.Register(_client);
        _source = Source(_cells, Options(_cathode.Id));
        _authenticator = Authenticator(_cathode, Options(_cathode.Id));
    }

    public async ValueTask DisposeAsync()
    {
        _domains.ForEach(static domain => domain.Dispose());
        await _issuer.DisposeAsync();
        _cells.Dispose();
        _cathode.Dispose();
    }

    [Fact]
    public async Task A_token_got_with_a_signed_assertion_tells_who_calls_and_what_the_issuer_vouches_for()
    {
        var peer = (await Call(await Token())).Value;
        Assert.Equal(_cells.Id, peer.ParticipantId);
        Assert.Equal(["7123456789012"], peer.Claims["corporateNumber"].Values);
        Assert.Equal(Roles, peer.Claims["membership"].Values);
        Assert.Equal($"token of {_issuer.Url}", peer.Claims["membership"].Source);
        Assert.Equal(["corporateNumber", "membership"], peer.Claims.Keys.Order());
        Assert.Equal(Party.Start.AddSeconds(300), peer.ValidUntil);
        Assert.Equal(_issuer.Url, _issuer.LastAssertionAudience);
    }

    [Fact]
    public async Task The_assertion_can_be_made_for_the_token_endpoint()
    {
        var source = Source(_cells, Options(_cathode.Id) with { AssertionForTokenEndpoint = true });
        Assert.False((await source.TokenForAsync(_cathode.Document(Domain), default)).Refused);
        Assert.Equal($"{_issuer.Url}/token", _issuer.LastAssertionAudience);
    }

    [Fact]
    public async Task A_token_serves_many_calls_and_is_renewed_before_it_expires()
    {
        var token = await Token();
        Assert.False((await Call(token)).Refused);
        Assert.False((await Call(token)).Refused);
        Assert.Equal(token, await Token());
        Assert.Equal(1, _issuer.TokenRequests);
        _time.Advance(TimeSpan.FromSeconds(271));
        Assert.NotEqual(token, await Token());
        Assert.Equal(2, _issuer.TokenRequests);
        Assert.False((await Call(token)).Refused);
    }

    [Fact]
    public async Task Many_calls_at_once_cause_one_token_request_and_one_discovery()
    {
        var tokens = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Task.Run(Token)));
        Assert.Single(tokens.Distinct());
        Assert.Equal((1, 1), (_issuer.TokenRequests, _issuer.DiscoveryRequests));
    }

    [Fact]
    public async Task With_a_target_parameter_each_peer_gets_a_token_of_its_own()
    {
        var source = Source(_cells, Options(_cathode.Id) with { TargetParameter = "resource" });
        var token = (await source.TokenForAsync(_cathode.Document(Domain), default)).Value;
        var other = (await source.TokenForAsync(_cathode.Document(Domain) with { ParticipantId = "did:web:other.example" }, default)).Value;
        Assert.False((await Call(token)).Refused);
        Assert.Equal("token-audience", (await Call(other)).Refusal!.Code);
    }

    [Fact]
    public async Task An_issuer_that_does_not_know_this_connectors_key_gives_no_token()
    {
        _issuer.Register(_client with { KeySet = _cathode.Keys.PublicKeySet });
        var refusal = (await _source.TokenForAsync(_cathode.Document(Domain), default)).Refusal!;
        Assert.Equal(("issuer-no-token", RefusalKind.Unavailable), (refusal.Code, refusal.Kind));
        Assert.Contains("invalid_client", refusal.Message, StringComparison.Ordinal);
        _issuer.Register(_client);
        Assert.False((await _source.TokenForAsync(_cathode.Document(Domain), default)).Refused);
    }

    [Theory]
    [InlineData(SecurityAlgorithms.RsaSha256)]
    [InlineData(SecurityAlgorithms.RsaSsaPssSha256)]
    [InlineData(SecurityAlgorithms.EcdsaSha256)]
    public async Task A_rotated_issuer_key_is_learned_from_the_first_token_that_names_it(string algorithm)
    {
        Assert.False((await Call(Issue())).Refused);
        _issuer.Rotate(algorithm);
        _time.Advance(TimeSpan.FromSeconds(10));
        Assert.False((await Call(Issue())).Refused);
    }

    [Fact]
    public async Task A_withdrawn_issuer_key_is_worthless_after_the_next_refresh()
    {
        var token = Issue(claims => claims["exp"] = (long)claims["exp"] + 600);
        Assert.False((await Call(token)).Refused);
        _issuer.Rotate(keepFormer: false);
        _time.Advance(TimeSpan.FromSeconds(10));
        Assert.False((await Call(Issue())).Refused);
        Assert.Equal("token-signature", (await Call(token)).Refusal!.Code);
    }

    [Fact]
    public async Task Unknown_keys_do_not_make_the_issuer_be_asked_again_and_again()
    {
        Assert.False((await Call(Issue())).Refused);
        using var stranger = new Party("stranger", _time);
        for (var i = 0; i < 20; i++)
            Assert.Equal("token-signature", (await Call(ForgedBy(stranger))).Refusal!.Code);
        Assert.Equal(1, _issuer.KeyRequests);
        _time.Advance(TimeSpan.FromSeconds(10));
        for (var i = 0; i < 20; i++)
            await Call(ForgedBy(stranger));
        Assert.Equal(2, _issuer.KeyRequests);
    }

    [Fact]
    public async Task While_the_issuer_is_away_its_keys_serve_for_a_while()
    {
        Assert.False((await Call(Issue())).Refused);
        _issuer.Available = false;
        _time.Advance(TimeSpan.FromMinutes(59));
        Assert.False((await Call(Issue())).Refused);
        _time.Advance(TimeSpan.FromMinutes(2));
        var refusal = (await Call(Issue())).Refusal!;
        Assert.Equal(("issuer-unavailable", RefusalKind.Unavailable), (refusal.Code, refusal.Kind));
        _issuer.Available = true;
        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.False((await Call(Issue())).Refused);
    }

    [Theory]
    [InlineData("aud", "did:web:other.example", "token-audience")]
    [InlineData("iss", "https://localhost:1", "token-issuer-unknown")]
    [InlineData("sub", "", "token-subject")]
    public async Task A_wrong_claim_has_its_own_reason(string claim, string value, string code) =>
        Assert.Equal(code, (await Call(Issue(claims => claims[claim] = value))).Refusal!.Code);

    [Theory]
    [InlineData("sub", "\"did:web:\\ud800.example\"", "its claim 'sub' is no text")]
    [InlineData("jti", "\"\\udfff\"", "its claim 'jti' is no text")]
    [InlineData("aud", "[\"\\ud83d\"]", "its claim 'aud' is no text")]
    [InlineData("\\ud800", "1", "the name of a claim is no text")]
    [InlineData("number", "\"7123\\ud800\"", "its claim 'number' is no text")]
    [InlineData("number", "[\"7123\", \"\\udc00\"]", "its claim 'number' is no text")]
    [InlineData("realm_access", "{\"roles\":[\"\\ud800\"]}", "its claim 'realm_access' is no text")]
    [InlineData("realm_access", "{\"\\ud800\":1,\"roles\":[]}", "its claim 'realm_access' is no text")]
    [InlineData("other", "{\"deep\":[1,{},[],{\"\\udc00\":true}]}", "its claim 'other' is no text")]
    [InlineData("number", "\"red\\u001b[31m\"", "claim 'number' holds control characters")]
    [InlineData("number", "\"one\\ntwo\"", "claim 'number' holds control characters")]
    [InlineData("realm_access", "{\"roles\":[\"member\"],\"roles\":[\"admin\"]}", "claim 'realm_access.roles' is given twice")]
    [InlineData("deep", "[[[[[[[[[]]]]]]]]]", "at most 8 levels")]
    [InlineData("exp", "1e400", "its claim 'exp' is out of range")]
    public async Task A_claim_that_cannot_be_taken_whole_is_refused_by_its_name(string claim, string json, string words)
    {
        var refusal = (await Call(IssueWith(claim, json))).Refusal!;
        Assert.Equal(("token-malformed", RefusalKind.Unauthenticated), (refusal.Code, refusal.Kind));
        Assert.Contains(words, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_claim_given_twice_is_refused_by_its_name()
    {
        var payload = JsonSerializer.Serialize(_issuer.ClaimsOf(_client, _cathode.Id));
        var refusal = (await Call(_issuer.Issue($$"""{{payload[..^1]}},"number":"8123456789011"}"""))).Refusal!;
        Assert.Equal("the token's claim 'number' is given twice", refusal.Message);
    }

    [Fact]
    public async Task A_claim_with_too_many_values_or_a_too_long_one_is_refused_rather_than_read_in_part()
    {
        string Roles(int count) => $$"""{"roles":[{{string.Join(',', Enumerable.Repeat("\"r\"", count))}}]}""";
        Assert.Equal(512, (await Call(IssueWith("realm_access", Roles(512)))).Value.Claims["membership"].Values.Length);
        Assert.Equal("the token's claim 'realm_access.roles' has 513 values; at most 512 are read", (await Call(IssueWith("realm_access", Roles(513)))).Refusal!.Message);
        Assert.Equal(1024, (await Call(IssueWith("number", $"\"{new string('1', 1024)}\""))).Value.Claims["corporateNumber"].Values[0].Length);
        Assert.Equal("the token's claim 'number' has a value of 1025 characters; at most 1024 are read", (await Call(IssueWith("number", $"\"{new string('1', 1025)}\""))).Refusal!.Message);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("[\"7123456789012\",null]")]
    [InlineData("[\"7123456789012\",{\"a\":1}]")]
    [InlineData("[[\"7123456789012\"]]")]
    public async Task A_claim_of_another_shape_than_values_is_not_known(string json) =>
        Assert.DoesNotContain("corporateNumber", (await Call(IssueWith("number", json))).Value.Claims.Keys);

    [Theory]
    [InlineData("7123456789012")]
    [InlineData("1e400")]
    [InlineData("-0.10")]
    public async Task A_number_is_kept_as_it_was_written(string json) =>
        Assert.Equal([json], (await Call(IssueWith("number", json))).Value.Claims["corporateNumber"].Values);

    [Theory]
    [InlineData("exp", -30, "token-expired")]
    [InlineData("nbf", 31, "token-not-yet-valid")]
    [InlineData("iat", 31, "token-not-yet-valid")]
    [InlineData("exp", 3601, "token-lifetime")]
    public async Task A_wrong_time_has_its_own_reason(string claim, int seconds, string code) =>
        Assert.Equal(code, (await Call(Issue(claims => claims[claim] = Party.Start.ToUnixTimeSeconds() + seconds))).Refusal!.Code);

    [Fact]
    public async Task A_seen_token_expires_all_the_same()
    {
        var token = Issue();
        Assert.False((await Call(token)).Refused);
        _time.Advance(TimeSpan.FromSeconds(330));
        Assert.Equal("token-expired", (await Call(token)).Refusal!.Code);
    }

    [Fact]
    public async Task A_changed_token_is_refused_even_when_the_original_was_seen()
    {
        var token = Issue();
        Assert.False((await Call(token)).Refused);
        var at = token.LastIndexOf('.') + 10;
        Assert.Equal("token-signature", (await Call(token[..at] + (token[at] == 'A' ? 'B' : 'A') + token[(at + 1)..])).Refusal!.Code);
    }

    [Fact]
    public async Task The_issuers_public_key_is_no_secret_to_sign_with()
    {
        var secret = new SymmetricSecurityKey(new byte[64]) { KeyId = "x" };
        var token = new Microsoft.IdentityModel.JsonWebTokens.JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
        {
            Claims = _issuer.ClaimsOf(_client, _cathode.Id),
            SigningCredentials = new SigningCredentials(secret, SecurityAlgorithms.HmacSha256),
        });
        Assert.Equal("token-algorithm", (await Call(token)).Refusal!.Code);
    }

    [Fact]
    public async Task The_issuer_does_not_vouch_for_a_pinned_peer()
    {
        _cathode.Peers.Apply(_cells.Document());
        Assert.Equal("token-issuer-unknown", (await Call(Issue())).Refusal!.Code);
    }

    [Fact]
    public async Task What_the_operator_wrote_of_a_peer_weighs_more_than_its_token()
    {
        var token = Issue();
        Assert.Equal(Roles, (await Call(token)).Value.Claims["membership"].Values);
        _cathode.Peers.Apply(_cells.Document(Domain));
        Assert.Equal(["active"], (await Call(token)).Value.Claims["membership"].Values);
        Assert.Equal(["7123456789012"], (await Call(token)).Value.Claims["corporateNumber"].Values);
    }

    [Fact]
    public async Task A_bound_token_works_only_on_the_connection_with_its_certificate()
    {
        var options = Options(_cathode.Id) with { RequireCertificateBinding = true };
        var token = (await Source(_cells, options).TokenForAsync(_cathode.Document(Domain), default)).Value;
        var strict = Authenticator(_cathode, options);
        Assert.False((await strict.AuthenticateAsync(token, _cells.Pin, default)).Refused);
        Assert.Equal("token-binding", (await strict.AuthenticateAsync(token, _cathode.Pin, default)).Refusal!.Code);
        Assert.Equal("token-binding", (await strict.AuthenticateAsync(token, null, default)).Refusal!.Code);
        Assert.Equal("token-binding", (await strict.AuthenticateAsync(Issue(), _cells.Pin, default)).Refusal!.Code);
    }

    [Fact]
    public async Task After_the_certificate_was_replaced_tokens_are_bound_to_the_new_one()
    {
        var options = Options(_cathode.Id) with { RequireCertificateBinding = true };
        var source = Source(_cells, options);
        var strict = Authenticator(_cathode, options);
        Assert.False((await strict.AuthenticateAsync((await source.TokenForAsync(_cathode.Document(Domain), default)).Value, _cells.Pin, default)).Refused);

        var pin = _cells.Renew();
        _time.Advance(TimeSpan.FromSeconds(5));

        Assert.False((await strict.AuthenticateAsync((await source.TokenForAsync(_cathode.Document(Domain), default)).Value, pin, default)).Refused);
    }

    [Fact]
    public async Task An_issuer_with_another_certificate_than_the_pinned_one_is_not_asked()
    {
        var source = Source(_cells, Options(_cathode.Id) with { IssuerPins = [_cells.Pin] });
        Assert.Equal("issuer-no-token", (await source.TokenForAsync(_cathode.Document(Domain), default)).Refusal!.Code);
        Assert.Equal((0, 0), (_issuer.DiscoveryRequests, _issuer.TokenRequests));
    }

    [Fact]
    public async Task A_peer_of_a_domain_that_is_not_configured_is_told_to_the_operator()
    {
        var refusal = (await _source.TokenForAsync(_cathode.Document("elsewhere"), default)).Refusal!;
        Assert.Equal("trust-domain-unknown", refusal.Code);
        Assert.Contains(Domain, refusal.Mend, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("pinned", "https://localhost")]
    [InlineData("", "https://localhost")]
    [InlineData("plain", "http://localhost")]
    [InlineData("plain", "localhost")]
    public void A_domain_without_a_name_of_its_own_or_without_https_is_refused(string name, string issuer)
    {
        var options = Options(_cathode.Id) with { Name = name, Issuer = issuer };
        Assert.Throws<TrustException>(() => MakeDomain(_cells, options));
    }

    private OidcOptions Options(string audience) => new()
    {
        Name = Domain,
        Issuer = _issuer.Url,
        Audience = audience,
        ClientId = "connector-cells",
        Scope = "dsp",
        IssuerPins = [_issuer.CertificatePin],
        ClaimMap = ImmutableDictionary<string, string>.Empty
            .Add("corporateNumber", "number")
            .Add("membership", "realm_access.roles")
            .Add("lei", "absent")
            .Add("bpn", "realm_access"),
    };

    private OidcDomain MakeDomain(Party party, OidcOptions options)
    {
        var identity = party.TlsOptions.PresentAsClient ? party.Identity : null;
        var domain = new OidcDomain(options, party.Keys, identity, party.Peers, new Ids(_time), _time, TimeSpan.FromSeconds(30), NullLogger<OidcDomain>.Instance);
        _domains.Add(domain);
        return domain;
    }

    private TokenSource Source(Party party, OidcOptions options) => new(party.SelfIssued, [MakeDomain(party, options)]);

    private PeerAuthenticator Authenticator(Party party, OidcOptions options) =>
        new(party.Peers, party.Pinned, [MakeDomain(party, options)], party.Options);

    private async Task<string> Token() => (await _source.TokenForAsync(_cathode.Document(Domain), default)).Value;

    private string Issue(Action<Dictionary<string, object>>? change = null)
    {
        var claims = _issuer.ClaimsOf(_client, _cathode.Id);
        change?.Invoke(claims);
        return _issuer.Issue(claims);
    }

    /// <summary>A token with one claim more, or another value of it, by its JSON text.</summary>
    private string IssueWith(string claim, string json)
    {
        var others = _issuer.ClaimsOf(_client, _cathode.Id).Where(one => one.Key != claim).Select(one => $"\"{one.Key}\":{JsonSerializer.Serialize(one.Value)}");
        return _issuer.Issue($$"""{{{string.Join(',', others.Append($"\"{claim}\":{json}"))}}}""");
    }

    private string ForgedBy(Party stranger) => Tokens.Forge.Sign(
        Tokens.Forge.Header(stranger.Keys.Current),
        System.Text.Json.Nodes.JsonNode.Parse(JsonSerializer.Serialize(_issuer.ClaimsOf(_client, _cathode.Id)))!,
        stranger.Keys.Current);

    private ValueTask<Result<Peer>> Call(string token) => _authenticator.AuthenticateAsync(token, _cells.Pin, default);
}
