using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Connector.Management.V1;
using Google.Rpc;
using Grpc.Core;
using Peer = Dataspace.Peer.V1;

namespace Connector.EndToEnd.Tests;

/// <summary>A peer that lies, repeats, overreaches or talks nonsense is refused with its own reason, and changes nothing.</summary>
public sealed class HostilePeerTests : IAsyncLifetime
{
    private TwoCompanies _two = null!;
    private Attacker _attacker = null!;

    public async ValueTask InitializeAsync()
    {
        _two = await TwoCompanies.StartAsync(bytes: 1000);
        _attacker = new Attacker(_two.Customer, _two.Supplier);
    }

    public async ValueTask DisposeAsync()
    {
        _attacker.Dispose();
        await _two.DisposeAsync();
    }

    [Fact]
    public async Task Every_kind_of_bad_token_is_refused_with_its_own_reason_and_nothing_changes()
    {
        using var stranger = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var bare = new Attacker(_two.Customer, _two.Supplier, presentCertificate: false);
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        var used = _attacker.Token();
        Assert.Null(await RefusedAsync(_attacker, used));

        (string Expected, Attacker By, string? Token)[] cases =
        [
            ("token-missing", _attacker, null),
            ("token-malformed", _attacker, "nonsense"),
            ("token-unsigned", _attacker, _attacker.Token((header, _) => header["alg"] = "none", unsigned: true)),
            ("token-algorithm", _attacker, _attacker.Token((header, _) => header["alg"] = "HS256")),
            ("token-signature", _attacker, _attacker.Token(key: stranger)),
            ("token-issuer-unknown", _attacker, _attacker.Token((_, p) => (p["iss"], p["sub"]) = ("did:web:nobody.example", "did:web:nobody.example"))),
            ("token-audience", _attacker, _attacker.Token((_, p) => p["aud"] = "did:web:somebody.example")),
            ("token-expired", _attacker, _attacker.Token((_, p) => (p["iat"], p["nbf"], p["exp"]) = (now - 400, now - 400, now - 300))),
            ("token-not-yet-valid", _attacker, _attacker.Token((_, p) => (p["iat"], p["nbf"], p["exp"]) = (now + 300, now + 300, now + 350))),
            ("token-lifetime", _attacker, _attacker.Token((_, p) => p["exp"] = now + 86_400)),
            ("token-without-jti", _attacker, _attacker.Token((_, p) => p.Remove("jti"))),
            ("token-replayed", _attacker, used),
            ("token-binding", _attacker, _attacker.Token((_, p) => p["reuse"] = p.Remove("cnf"))),
            ("token-binding", bare, bare.Token()),
            ("token-binding", _attacker, _attacker.Token((_, p) => p["cnf"] = new JsonObject { ["x5t#S256"] = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA" })),
            ("token-too-large", _attacker, _attacker.Token((_, p) => p["x"] = new string('a', 10_000))),
        ];
        foreach (var (expected, by, token) in cases)
        {
            Assert.Equal(expected, await RefusedAsync(by, token));
        }

        await NothingChangedAsync();
    }

    [Fact]
    public async Task The_operators_services_are_not_served_to_peers_nor_the_peers_to_the_operator()
    {
        var management = await Assert.ThrowsAsync<RpcException>(async () => await new StatusService.StatusServiceClient(_attacker.Calls).GetAsync(new GetStatusRequest(), _two.Supplier.Token));
        var peer = await Assert.ThrowsAsync<RpcException>(async () => await new Peer.CatalogService.CatalogServiceClient(_two.Supplier.Calls).GetCatalogAsync(new Peer.GetCatalogRequest(), Attacker.Bearer(_attacker.Token())));
        var stranger = await Assert.ThrowsAsync<RpcException>(async () => await new StatusService.StatusServiceClient(_two.Supplier.Calls).GetAsync(new GetStatusRequest(), Attacker.Bearer("guess")));

        Assert.Equal((StatusCode.Unimplemented, StatusCode.Unimplemented), (management.StatusCode, peer.StatusCode));
        Assert.Equal("operator-token", stranger.GetRpcStatus()?.GetDetail<ErrorInfo>()?.Reason);
    }

    [Fact]
    public async Task Malformed_and_oversized_messages_are_refused_by_field_and_change_nothing()
    {
        var client = new Peer.NegotiationService.NegotiationServiceClient(_attacker.Calls);
        var good = new Peer.ContractRequestMessage { MessageId = "m", ConsumerPid = "c", Offer = new Peer.Offer { Id = "urn:offer:data", Target = "urn:dataset:data", Policy = "{}" } };
        (string Field, Action<Peer.ContractRequestMessage> Bend)[] cases =
        [
            ("message_id", m => m.MessageId = ""),
            ("consumer_pid", m => m.ConsumerPid = new string('x', 300)),
            ("offer", m => m.Offer = null),
            ("offer.id", m => m.Offer.Id = ""),
            ("offer.policy", m => m.Offer.Policy = new string(' ', 300_000)),
            ("offer.policy", m => m.Offer.Policy = "no json"),
            ("offer", m => m.Offer.Policy = """{"permission":[{"action":"use","constraint":[{"leftOperand":"moonPhase","operator":"eq","rightOperand":"full"}]}]}"""),
            ("offer.policy", m => m.Offer.Policy = string.Concat(Enumerable.Repeat("[", 10_000))),
            ("purposes", m => m.Purposes.AddRange(Enumerable.Repeat("p", 100))),
        ];
        foreach (var (field, bend) in cases)
        {
            var message = good.Clone();
            bend(message);
            var refused = await Assert.ThrowsAsync<RpcException>(async () => await client.RequestAsync(message, Attacker.Bearer(_attacker.Token())));
            Assert.Equal(StatusCode.InvalidArgument, refused.StatusCode);
            Assert.Equal(field, refused.GetRpcStatus()?.GetDetail<BadRequest>()?.FieldViolations[0].Field);
            Assert.DoesNotContain("   at ", refused.Status.Detail, StringComparison.Ordinal);
        }

        var huge = good.Clone();
        huge.Offer.Policy = new string(' ', 8 * 1024 * 1024);
        Assert.Equal(StatusCode.ResourceExhausted, (await Assert.ThrowsAsync<RpcException>(async () => await client.RequestAsync(huge, Attacker.Bearer(_attacker.Token())))).StatusCode);
        await NothingChangedAsync();
    }

    [Fact]
    public async Task A_token_opens_only_its_own_transfer_and_only_for_its_own_party()
    {
        var first = await _two.FinalizedAsync((await _two.StartNegotiationAsync()).Id);
        var transfers = new TransferService.TransferServiceClient(_two.Customer.Calls);
        var one = await transfers.StartAsync(new StartTransferRequest { AgreementId = first.AgreementId }, _two.Customer.Token);
        await TwoCompanies.UntilAsync(async () => (await transfers.GetAsync(new TransferId { Id = one.Id }, _two.Customer.Token)) is { State: "STARTED" } t ? t : null, "the transfer to start");
        var providerPid = (await transfers.GetAsync(new TransferId { Id = one.Id }, _two.Customer.Token)).PeerPid;

        var wrong = await Assert.ThrowsAsync<RpcException>(() => PullAsync(providerPid, "a-token-of-another-transfer"));
        var unknown = await Assert.ThrowsAsync<RpcException>(() => PullAsync("urn:uuid:of-somebody-else", "t"));
        var negotiation = await Assert.ThrowsAsync<RpcException>(async () => await new Peer.NegotiationService.NegotiationServiceClient(_attacker.Calls).TerminateAsync(
            new Peer.ContractNegotiationTerminationMessage { MessageId = "m", ProviderPid = "urn:uuid:of-somebody-else", ConsumerPid = "c" }, Attacker.Bearer(_attacker.Token())));

        Assert.Equal(("transfer-token", StatusCode.PermissionDenied), (wrong.GetRpcStatus()?.GetDetail<ErrorInfo>()?.Reason, wrong.StatusCode));
        Assert.Equal(StatusCode.NotFound, unknown.StatusCode);
        Assert.Equal(StatusCode.NotFound, negotiation.StatusCode);
        _two.NoErrorsWereLogged();
    }

    private async Task PullAsync(string providerPid, string token)
    {
        using var pull = new Peer.ExchangeService.ExchangeServiceClient(_attacker.Calls).Pull(new Peer.PullRequest { ProviderPid = providerPid, Token = token }, Attacker.Bearer(_attacker.Token()));
        await pull.ResponseStream.MoveNext(CancellationToken.None);
    }

    /// <summary>The reason code of the refusal; null when the call was taken.</summary>
    private static async Task<string?> RefusedAsync(Attacker by, string? token)
    {
        try
        {
            await new Peer.CatalogService.CatalogServiceClient(by.Calls).GetCatalogAsync(new Peer.GetCatalogRequest(), Attacker.Bearer(token));
            return null;
        }
        catch (RpcException e)
        {
            Assert.Equal(StatusCode.Unauthenticated, e.StatusCode);
            return e.GetRpcStatus()?.GetDetail<ErrorInfo>()?.Reason;
        }
    }

    private async Task NothingChangedAsync()
    {
        Assert.Empty((await new NegotiationService.NegotiationServiceClient(_two.Supplier.Calls).ListAsync(new ListRequest(), _two.Supplier.Token)).Negotiations);
        _two.NoErrorsWereLogged();
    }
}
