using System.Text.Json.Nodes;
using Connector.ControlPlane;
using Connector.ControlPlane.Participants;
using Connector.Trust.Tokens;

namespace Connector.Trust.Tests.Tokens;

/// <summary>Tokens that say <c>reuse</c>, bound to the certificate of the connection: they serve more than one call, for their holder alone.</summary>
public sealed class BoundTokenTests() : TwoParties(presents: true)
{
    [Fact]
    public async Task A_connector_that_shows_its_certificate_makes_one_token_serve_many_calls()
    {
        var signed = Signed(_cells.SelfIssued.For(_cathode.Id));
        for (var i = 0; i < 100; i++)
        {
            var token = _cells.SelfIssued.For(_cathode.Id);
            Assert.Equal(signed, Signed(token));
            Assert.False((await Call(token, _cells.Pin)).Refused);
        }
    }

    [Fact]
    public async Task It_serves_each_call_once()
    {
        var token = _cells.SelfIssued.For(_cathode.Id);
        Assert.False((await Call(token, _cells.Pin)).Refused);
        Assert.Equal("token-replayed", (await Call(token, _cells.Pin)).Refusal!.Code);
        Assert.False((await Call(_cells.SelfIssued.For(_cathode.Id), _cells.Pin)).Refused);
    }

    [Fact]
    public async Task Without_the_number_of_a_call_it_serves_one()
    {
        var token = Signed(_cells.SelfIssued.For(_cathode.Id));
        Assert.False((await Call(token, _cells.Pin)).Refused);
        Assert.Equal("token-replayed", (await Call(token, _cells.Pin)).Refusal!.Code);
    }

    [Theory]
    [InlineData("~")]
    [InlineData("~x")]
    [InlineData("~-1")]
    [InlineData("~1~2")]
    [InlineData("~1.2")]
    [InlineData("~99999999999999999999")]
    public async Task What_is_no_number_of_a_call_is_refused(string call) =>
        Assert.Equal("token-malformed", (await Call(Signed(_cells.SelfIssued.For(_cathode.Id)) + call, _cells.Pin)).Refusal!.Code);

    [Fact]
    public async Task A_number_is_the_same_however_it_is_written()
    {
        var token = _cells.SelfIssued.For(_cathode.Id);
        Assert.False((await Call(token, _cells.Pin)).Refused);
        Assert.Equal("token-replayed", (await Call(token.Replace("~", "~00", StringComparison.Ordinal), _cells.Pin)).Refusal!.Code);
    }

    [Fact]
    public async Task A_token_that_does_not_say_reuse_has_no_number() =>
        Assert.Equal("token-malformed", (await Call(Made(payload => payload.Remove("reuse")) + "~1", _cells.Pin)).Refusal!.Code);

    [Fact]
    public async Task Nobody_else_can_use_it()
    {
        var token = _cells.SelfIssued.For(_cathode.Id);
        Assert.False((await Call(token, _cells.Pin)).Refused);
        Assert.Equal("token-binding", (await Call(token, null)).Refusal!.Code);
        Assert.Equal("token-binding", (await Call(token, _cathode.Pin)).Refusal!.Code);
    }

    [Fact]
    public void It_is_made_for_one_audience()
    {
        Assert.NotEqual(Signed(_cells.SelfIssued.For(_cathode.Id)), Signed(_cells.SelfIssued.For("did:web:other.example")));
        Assert.Equal(Signed(_cells.SelfIssued.For(_cathode.Id)), Signed(_cells.SelfIssued.For(_cathode.Id)));
    }

    [Fact]
    public async Task It_is_made_anew_at_half_of_its_life_and_dies_at_its_end()
    {
        var token = _cells.SelfIssued.For(_cathode.Id);
        _time.Advance(TimeSpan.FromSeconds(29));
        Assert.Equal(Signed(token), Signed(_cells.SelfIssued.For(_cathode.Id)));
        _time.Advance(TimeSpan.FromSeconds(1));
        var next = _cells.SelfIssued.For(_cathode.Id);
        Assert.NotEqual(Signed(token), Signed(next));
        _time.Advance(TimeSpan.FromSeconds(60));
        Assert.Equal("token-expired", (await Call(token, _cells.Pin)).Refusal!.Code);
        Assert.False((await Call(next, _cells.Pin)).Refused);
    }

    [Fact]
    public void A_clock_that_is_set_back_makes_it_anew()
    {
        var token = _cells.SelfIssued.For(_cathode.Id);
        _time.AdjustTime(Party.Start.AddMinutes(-5));
        Assert.NotEqual(Signed(token), Signed(_cells.SelfIssued.For(_cathode.Id)));
    }

    [Fact]
    public void A_token_that_carries_an_access_token_serves_one_call()
    {
        var token = _cells.SelfIssued.For(_cathode.Id, "access");
        Assert.DoesNotContain('~', token);
        Assert.NotEqual(token, _cells.SelfIssued.For(_cathode.Id, "access"));
    }

    [Fact]
    public async Task A_bound_token_that_does_not_say_reuse_serves_one_call()
    {
        var token = Made(payload => payload.Remove("reuse"));
        Assert.False((await Call(token, _cells.Pin)).Refused);
        Assert.Equal("token-replayed", (await Call(token, _cells.Pin)).Refusal!.Code);
    }

    [Fact]
    public async Task One_that_says_reuse_and_is_not_bound_is_refused() =>
        Assert.Equal("token-binding", (await Call(Made(payload => payload.Remove("cnf")), _cells.Pin)).Refusal!.Code);

    [Fact]
    public async Task One_that_says_reuse_needs_a_jti_all_the_same() =>
        Assert.Equal("token-without-jti", (await Call(Made(payload => payload.Remove("jti")), _cells.Pin)).Refusal!.Code);

    [Theory]
    [InlineData("false")]
    [InlineData("null")]
    [InlineData("1")]
    [InlineData("\"true\"")]
    [InlineData("{}")]
    public async Task Reuse_is_true_or_left_out(string reuse) =>
        Assert.Equal("token-malformed", (await Call(Made(payload => payload["reuse"] = JsonNode.Parse(reuse)), _cells.Pin)).Refusal!.Code);

    [Fact]
    public async Task What_another_key_signed_is_refused_after_the_true_one_was_seen()
    {
        var token = _cells.SelfIssued.For(_cathode.Id);
        Assert.False((await Call(token, _cells.Pin)).Refused);
        var forged = Forge.Sign(Forge.Header(_cells.Keys.Current), Payload(), _cathode.Keys.Current);
        Assert.Equal("token-signature", (await Call(forged, _cells.Pin)).Refusal!.Code);
        var signed = Signed(token);
        var changed = signed[..^8] + (signed[^8] == 'A' ? 'B' : 'A') + signed[^7..] + "~7";
        Assert.Equal("token-signature", (await Call(changed, _cells.Pin)).Refusal!.Code);
        Assert.False((await Call(_cells.SelfIssued.For(_cathode.Id), _cells.Pin)).Refused);
    }

    [Fact]
    public async Task A_key_that_the_peer_document_no_longer_has_ends_it_at_once()
    {
        var token = _cells.SelfIssued.For(_cathode.Id);
        Assert.False((await Call(token, _cells.Pin)).Refused);
        _cathode.Peers.Apply(_cells.Document() with { Keys = _cathode.Keys.PublicJwks });
        Assert.Equal("token-signature", (await Call(_cells.SelfIssued.For(_cathode.Id), _cells.Pin)).Refusal!.Code);
    }

    [Fact]
    public async Task A_certificate_that_the_peer_document_no_longer_allows_ends_it_at_once()
    {
        var token = _cells.SelfIssued.For(_cathode.Id);
        Assert.False((await Call(token, _cells.Pin)).Refused);
        _cathode.Peers.Apply(_cells.Document() with { CertificatePins = [_cathode.Pin] });
        Assert.Equal("token-binding", (await Call(_cells.SelfIssued.For(_cathode.Id), _cells.Pin)).Refusal!.Code);
    }

    [Fact]
    public async Task It_outlives_a_restart_of_the_called_connector()
    {
        var token = _cells.SelfIssued.For(_cathode.Id);
        _time.Advance(TimeSpan.FromSeconds(1));
        var restarted = new PeerAuthenticator(
            _cathode.Peers, new PinnedTokens(_cathode.Id, _cathode.PeerKeys, _time, new TokenOptions()), [], new TokenOptions());
        Assert.False((await restarted.AuthenticateAsync(token, _cells.Pin, default)).Refused);
    }

    private static string Signed(string token) => token[..token.IndexOf('~', StringComparison.Ordinal)];

    private JsonObject Payload()
    {
        var payload = Forge.Payload(_cells, _cathode);
        payload["reuse"] = true;
        payload["cnf"] = new JsonObject { ["x5t#S256"] = _cells.Pin };
        return payload;
    }

    private string Made(Action<JsonObject> change)
    {
        var payload = Payload();
        change(payload);
        return Forge.Sign(Forge.Header(_cells.Keys.Current), payload, _cells.Keys.Current);
    }

    private async Task<Result<Peer>> Call(string token, string? certificate) =>
        await _cathode.Authenticator.AuthenticateAsync(token, certificate, default);
}
