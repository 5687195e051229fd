using System.Net.Http.Headers;
using Connector.ControlPlane;
using Connector.ControlPlane.Stores;
using Connector.Grpc.Errors;
using Connector.Grpc.Tests.Rooms;
using Google.Protobuf;
using Grpc.Core;
using V1 = Dataspace.Peer.V1;

namespace Connector.Grpc.Tests.Calls;

public sealed class HostileMessageTests : IAsyncLifetime
{
    private Partners _partners = null!;

    public async ValueTask InitializeAsync() => _partners = await Partners.StartAsync();

    public async ValueTask DisposeAsync()
    {
        await _partners.DisposeAsync();
        Assert.Empty(_partners.Provider.Told.Errors);
    }

    public static TheoryData<string, V1.ContractOfferMessage> Broken => new()
    {
        { "message_id", With(m => m.MessageId = "") },
        { "message_id", With(m => m.MessageId = new string('x', 257)) },
        { "message_id", With(m => m.MessageId = "forged\nline") },
        { "message_id", With(m => m.MessageId = "\u009b2J") },
        { "message_id", With(m => m.MessageId = "\u007f") },
        { "provider_pid", With(m => m.ProviderPid = "") },
        { "consumer_pid", With(m => m.ConsumerPid = new string('x', 257)) },
        { "offer", With(m => m.Offer = null) },
        { "offer.id", With(m => m.Offer.Id = "") },
        { "offer.target", With(m => m.Offer.Target = "") },
        { "offer.policy", With(m => m.Offer.Policy = "") },
        { "offer.policy", With(m => m.Offer.Policy = "[]") },
        { "offer.policy", With(m => m.Offer.Policy = "{\"permission\":") },
        { "offer.policy", With(m => m.Offer.Policy = string.Concat(Enumerable.Repeat("{\"a\":", 10_000)) + "1" + new string('}', 10_000)) },
        { "offer.policy", With(m => m.Offer.Policy = "{\"a\":\"" + new string('x', 256 * 1024) + "\"}") },
    };

    [Theory]
    [MemberData(nameof(Broken))]
    public async Task A_broken_message_is_refused_by_the_name_of_its_field_and_changes_nothing(string field, V1.ContractOfferMessage message)
    {
        var error = await RefusedAsync(message);

        Assert.Equal((StatusCode.InvalidArgument, field), (error.StatusCode, error.ToRefusal().Field));
        Assert.NotNull(error.ToRefusal().Mend);
        Assert.Single(_partners.Provider.Told.OfRoom);
        Assert.Empty(await NegotiationsAsync());
    }

    [Fact]
    public async Task Too_many_purposes_are_refused()
    {
        var message = new V1.ContractRequestMessage { MessageId = "m", ConsumerPid = "c", Offer = Sample.Offer().Offer };
        message.Purposes.Add(Enumerable.Repeat("p", 33));

        var error = await Assert.ThrowsAsync<RpcException>(async () => await Negotiations().RequestAsync(message, Partners.Bearer(await _partners.TokenAsync())));

        Assert.Equal((StatusCode.InvalidArgument, "purposes"), (error.StatusCode, error.ToRefusal().Field));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    public async Task An_event_type_that_is_not_known_is_refused(int type)
    {
        var message = new V1.ContractNegotiationEventMessage { MessageId = "m", ProviderPid = "p", ConsumerPid = "c", EventType = (V1.ContractNegotiationEventMessage.Types.EventType)type };

        var error = await Assert.ThrowsAsync<RpcException>(async () => await Negotiations().NotifyAsync(message, Partners.Bearer(await _partners.TokenAsync())));

        Assert.Equal((StatusCode.InvalidArgument, "event_type"), (error.StatusCode, error.ToRefusal().Field));
    }

    [Fact]
    public async Task A_message_beyond_the_bound_is_refused_with_what_to_do()
    {
        var error = await RefusedAsync(With(m => m.MessageId = new string('x', 2 * 1024 * 1024)));

        Assert.Equal((StatusCode.ResourceExhausted, "too-large"), (error.StatusCode, error.ToRefusal().Code));
        Assert.Single(_partners.Provider.Told.OfRoom);
    }

    [Fact]
    public async Task Metadata_beyond_the_bound_is_refused()
    {
        var headers = Partners.Bearer(await _partners.TokenAsync());
        headers.Add("x-much", new string('x', 64 * 1024));

        var error = await Assert.ThrowsAsync<RpcException>(async () => await Negotiations().OfferAsync(Sample.Offer(), headers));

        Assert.NotEqual(StatusCode.OK, error.StatusCode);
        Assert.Empty(await NegotiationsAsync());
    }

    [Theory]
    [InlineData(new byte[] { 0, 0, 0, 0, 3, 0xff, 0xff, 0xff })]
    [InlineData(new byte[] { 0, 0, 0, 0, 2, 0x0a, 0x7f })]
    public async Task Bytes_that_are_no_such_message_are_invalid(byte[] bytes)
    {
        using var answer = await PostAsync(bytes);

        Assert.Equal("3", answer.Headers.GetValues("grpc-status").Single());
        Assert.Contains("unreadable", System.Text.Encoding.UTF8.GetString(Details(answer)), StringComparison.Ordinal);
        Assert.Single(_partners.Provider.Told.OfRoom);
    }

    [Theory]
    [InlineData(new byte[] { })]
    [InlineData(new byte[] { 0, 0, 0 })]
    [InlineData(new byte[] { 0, 0xff, 0xff, 0xff, 0xff, 1 })]
    [InlineData(new byte[] { 1, 0, 0, 0, 1, 0 })]
    [InlineData(new byte[] { 7, 0, 0, 0, 1, 0 })]
    public async Task Frames_that_are_no_frames_end_in_an_error_and_change_nothing(byte[] bytes)
    {
        using var answer = await PostAsync(bytes);

        Assert.NotEqual("0", answer.Headers.GetValues("grpc-status").Single());
        Assert.Empty(await NegotiationsAsync());
    }

    [Fact]
    public async Task A_method_that_is_not_there_is_unimplemented()
    {
        using var answer = await PostAsync([0, 0, 0, 0, 0], "/dataspace.peer.v1.NegotiationService/Nothing");

        Assert.Equal("12", answer.Headers.GetValues("grpc-status").Single());
    }

    [Fact]
    public async Task Fields_that_are_not_known_are_tolerated()
    {
        byte[] newer = [.. Sample.Offer().ToByteArray(), 0xfa, 0x3e, 1, (byte)'x'];
        using var answer = await PostAsync([0, 0, 0, 0, (byte)newer.Length, .. newer]);
        await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);

        Assert.Equal("0", answer.TrailingHeaders.GetValues("grpc-status").Single());
        Assert.Single(await NegotiationsAsync());
    }

    [Fact]
    public async Task A_message_for_somebody_elses_negotiation_is_not_found()
    {
        await _partners.Provider.StoreAsync(new Change { Negotiations = [Sample.Negotiation("did:web:third.example", default)] });
        var message = new V1.ContractNegotiationTerminationMessage { MessageId = "m", ProviderPid = "urn:uuid:np", ConsumerPid = "urn:uuid:n" };

        var error = await Assert.ThrowsAsync<RpcException>(async () => await Negotiations().TerminateAsync(message, Partners.Bearer(await _partners.TokenAsync())));

        Assert.Equal((StatusCode.NotFound, RefusalKind.NotFound), (error.StatusCode, error.ToRefusal().Kind));
        Assert.Equal(ControlPlane.Negotiations.NegotiationState.Requested, Assert.Single(await NegotiationsAsync()).State);
    }

    [Fact]
    public async Task The_same_message_twice_counts_once()
    {
        var one = await Negotiations().OfferAsync(Sample.Offer(), Partners.Bearer(await _partners.TokenAsync()));
        var two = await Negotiations().OfferAsync(Sample.Offer(), Partners.Bearer(await _partners.TokenAsync()));

        Assert.Equal(one, two);
        Assert.Equal(1, Assert.Single(await NegotiationsAsync()).Version);
    }

    private static V1.ContractOfferMessage With(Action<V1.ContractOfferMessage> change)
    {
        var message = Sample.Offer();
        change(message);
        return message;
    }

    private static byte[] Details(HttpResponseMessage answer)
    {
        var text = answer.Headers.GetValues("grpc-status-details-bin").Single();
        return Convert.FromBase64String(text.PadRight((text.Length + 3) / 4 * 4, '='));
    }

    private async Task<RpcException> RefusedAsync(V1.ContractOfferMessage message) =>
        await Assert.ThrowsAsync<RpcException>(async () => await Negotiations().OfferAsync(message, Partners.Bearer(await _partners.TokenAsync())));

    private async Task<HttpResponseMessage> PostAsync(byte[] bytes, string method = "/dataspace.peer.v1.NegotiationService/Offer")
    {
        using var body = new ByteArrayContent(bytes);
        body.Headers.ContentType = new MediaTypeHeaderValue("application/grpc");
        return await _partners.PostAsync(method, body, await _partners.TokenAsync());
    }

    private async Task<IReadOnlyList<ControlPlane.Negotiations.Negotiation>> NegotiationsAsync() =>
        await ((INegotiationStore)_partners.Provider.Store).ListAsync(new Page(), default);

    private V1.NegotiationService.NegotiationServiceClient Negotiations() => new(_partners.Raw(_partners.Provider.PeerAddress));
}
