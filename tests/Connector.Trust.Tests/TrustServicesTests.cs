using Connector.ControlPlane;
using Connector.ControlPlane.Participants;
using Connector.Testing;
using Connector.Trust.Keys;
using Connector.Trust.Oidc;
using Connector.Trust.Tls;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Connector.Trust.Tests;

public sealed class TrustServicesTests : IDisposable
{
    private readonly FakeTimeProvider _time = new(Party.Start);
    private readonly Party _cells;
    private readonly Party _cathode;

    public TrustServicesTests()
    {
        _cells = new Party("cells", _time, presents: true);
        _cathode = new Party("cathode", _time, clients: ClientCertificates.Required);
        _cells.Peers.Apply(_cathode.Document());
        _cathode.Peers.Apply(_cells.Document());
    }

    public void Dispose()
    {
        _cells.Dispose();
        _cathode.Dispose();
    }

    [Fact]
    public async Task Two_containers_trust_each_other_as_configured()
    {
        await using var issuer = await OidcIssuer.StartAsync(_time);
        await using var caller = Container(_cells, issuer);
        await using var callee = Container(_cathode, issuer);
        var token = (await caller.GetRequiredService<ITokenSource>().TokenForAsync(_cathode.Document(), default)).Value;
        var authenticator = callee.GetRequiredService<IPeerAuthenticator>();
        Assert.Equal(_cells.Id, (await authenticator.AuthenticateAsync(token, _cells.Pin, default)).Value.ParticipantId);

        var jws = caller.GetRequiredService<ISignatures>().SignJson("{}");
        Assert.Null(callee.GetRequiredService<ISignatures>().VerifyJson(_cells.Id, "{ }", jws));
        Assert.StartsWith("urn:uuid:", caller.GetRequiredService<IIds>().NewId(), StringComparison.Ordinal);
        Assert.Equal(_cells.Pin, caller.GetRequiredService<TlsPolicy>().PresentedPin);
    }

    [Fact]
    public async Task A_token_that_is_to_refresh_another_is_good_at_the_peer_and_nowhere_else()
    {
        await using var issuer = await OidcIssuer.StartAsync(_time);
        using var third = new Party("third", _time);
        third.Peers.Apply(_cells.Document());
        await using var caller = Container(_cells, issuer);
        await using var callee = Container(_cathode, issuer);
        await using var other = Container(third, issuer);
        var token = (await caller.GetRequiredService<ITokenSource>().TokenForRefreshAsync(_cathode.Document(), "old", default)).Value;

        Assert.NotNull((await other.GetRequiredService<IPeerAuthenticator>().AuthenticateAsync(token, _cells.Pin, default)).Refusal);
        Assert.Equal(_cells.Id, (await callee.GetRequiredService<IPeerAuthenticator>().AuthenticateAsync(token, _cells.Pin, default)).Value.ParticipantId);
    }

    [Fact]
    public async Task A_required_client_certificate_requires_bound_tokens_too()
    {
        await using var issuer = await OidcIssuer.StartAsync(_time);
        using var bare = new Party("bare", _time);
        _cathode.Peers.Apply(bare.Document());
        await using var callee = Container(_cathode, issuer);
        var refusal = (await callee.GetRequiredService<IPeerAuthenticator>().AuthenticateAsync(bare.SelfIssued.For(_cathode.Id), bare.Pin, default)).Refusal;
        Assert.Equal("token-binding", refusal?.Code);
    }

    [Fact]
    public async Task A_key_that_others_can_read_stops_the_start()
    {
        if (OperatingSystem.IsWindows())
            return;
        await using var issuer = await OidcIssuer.StartAsync(_time);
        await using var container = Container(_cells, issuer);
        File.SetUnixFileMode(KeyFolder.Files(_cells.KeysFolder)[0], UnixFileMode.UserRead | UnixFileMode.GroupRead);
        Assert.Contains("chmod 600", Assert.Throws<TrustException>(() => container.GetRequiredService<ISignatures>()).Message, StringComparison.Ordinal);
    }

    private ServiceProvider Container(Party party, OidcIssuer issuer) => new ServiceCollection()
        .AddLogging()
        .AddSingleton<TimeProvider>(_time)
        .AddSingleton<IPeerDirectory>(party.Peers)
        .AddTrust(new TrustOptions
        {
            ParticipantId = party.Id,
            KeysFolder = party.KeysFolder,
            Tls = party.TlsOptions,
            Domains =
            [
                new OidcOptions { Name = "keycloak", Issuer = issuer.Url, Audience = party.Id, ClientId = party.Name, IssuerPins = [issuer.CertificatePin] },
            ],
        })
        .BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = true, ValidateScopes = true });
}
