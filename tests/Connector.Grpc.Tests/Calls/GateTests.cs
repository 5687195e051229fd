using Connector.Grpc.Errors;
using Connector.Grpc.Tests.Rooms;
using Grpc.Core;
using Microsoft.Extensions.Logging;
using Api = Connector.Management.V1;
using V1 = Dataspace.Peer.V1;

namespace Connector.Grpc.Tests.Calls;

public sealed class GateTests : IAsyncLifetime
{
    private Partners _partners = null!;

    public async ValueTask InitializeAsync() => _partners = await Partners.StartAsync();

    public ValueTask DisposeAsync() => _partners.DisposeAsync();

    [Fact]
    public async Task A_known_peer_is_let_in()
    {
        var answer = await Catalogs().GetCatalogAsync(new V1.GetCatalogRequest(), Partners.Bearer(await _partners.TokenAsync()));

        Assert.Equal("did:web:provider.example", answer.ParticipantId);
        Assert.Empty(_partners.Provider.Told.OfRoom);
    }

    [Theory]
    [InlineData(null, "token-missing")]
    [InlineData("Basic dXNlcjpwYXNz", "token-missing")]
    [InlineData("Bearer ", "token-missing")]
    [InlineData("Bearer not.a.token", null)]
    [InlineData("Bearer " + Room.OperatorToken, null)]
    public async Task A_call_without_a_good_token_is_unauthenticated_and_logged_once(string? authorization, string? code)
    {
        var headers = new Metadata();
        if (authorization is not null)
        {
            headers.Add("authorization", authorization);
        }

        var error = await Assert.ThrowsAsync<RpcException>(async () => await Catalogs().GetCatalogAsync(new V1.GetCatalogRequest(), headers));

        Assert.Equal(StatusCode.Unauthenticated, error.StatusCode);
        var (level, _, text, _) = Assert.Single(_partners.Provider.Told.OfRoom);
        Assert.Equal(LogLevel.Warning, level);
        Assert.Contains("/dataspace.peer.v1.CatalogService/GetCatalog", text, StringComparison.Ordinal);
        Assert.Contains(error.ToRefusal().Code, text, StringComparison.Ordinal);
        Assert.True(code is null || error.ToRefusal().Code == code, error.ToRefusal().Code);
        Assert.DoesNotContain(Room.OperatorToken, text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_opens_one_call_only()
    {
        var token = Partners.Bearer(await _partners.TokenAsync());
        await Catalogs().GetCatalogAsync(new V1.GetCatalogRequest(), token);

        var error = await Assert.ThrowsAsync<RpcException>(async () => await Catalogs().GetCatalogAsync(new V1.GetCatalogRequest(), token));

        Assert.Equal(StatusCode.Unauthenticated, error.StatusCode);
    }

    [Fact]
    public async Task A_peers_token_does_not_open_the_operators_api()
    {
        var status = new Api.StatusService.StatusServiceClient(_partners.Raw(_partners.Provider.ManagementAddress));

        var error = await Assert.ThrowsAsync<RpcException>(async () => await status.GetAsync(new Api.GetStatusRequest(), Partners.Bearer(await _partners.TokenAsync())));

        Assert.Equal((StatusCode.Unauthenticated, "operator-token"), (error.StatusCode, error.ToRefusal().Code));
    }

    [Fact]
    public async Task The_operators_token_opens_the_operators_api()
    {
        var status = new Api.StatusService.StatusServiceClient(_partners.Raw(_partners.Provider.ManagementAddress));

        Assert.Equal("1.2.3", (await status.GetAsync(new Api.GetStatusRequest(), Partners.Bearer(Room.OperatorToken))).Version);
    }

    [Fact]
    public async Task The_operators_api_is_not_there_on_the_peers_port()
    {
        var status = new Api.StatusService.StatusServiceClient(_partners.Raw(_partners.Provider.PeerAddress));

        var error = await Assert.ThrowsAsync<RpcException>(async () => await status.GetAsync(new Api.GetStatusRequest(), Partners.Bearer(Room.OperatorToken)));

        Assert.Equal(StatusCode.Unimplemented, error.StatusCode);
    }

    [Fact]
    public async Task The_peers_services_are_not_there_on_the_operators_port()
    {
        var catalogs = new V1.CatalogService.CatalogServiceClient(_partners.Raw(_partners.Provider.ManagementAddress));

        var error = await Assert.ThrowsAsync<RpcException>(async () => await catalogs.GetCatalogAsync(new V1.GetCatalogRequest(), Partners.Bearer(await _partners.TokenAsync())));

        Assert.Equal(StatusCode.Unimplemented, error.StatusCode);
    }

    [Fact]
    public async Task A_stranger_is_turned_away_before_its_message_is_read()
    {
        using var body = new EndlessContent();
        using var answer = await _partners.PostAsync("/dataspace.peer.v1.NegotiationService/Offer", body, token: null);

        Assert.Equal("16", answer.Headers.GetValues("grpc-status").Single());
    }

    private V1.CatalogService.CatalogServiceClient Catalogs() => new(_partners.Raw(_partners.Provider.PeerAddress));
}
