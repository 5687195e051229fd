using Connector.ControlPlane.Negotiations;
using Connector.ControlPlane.Stores;
using Connector.Grpc.Errors;
using Connector.Grpc.Tests.Rooms;
using Grpc.Core;
using V1 = Connector.Management.V1;

namespace Connector.Grpc.Tests.Management;

public sealed class WatchTests : IAsyncLifetime
{
    private Partners _partners = null!;

    public async ValueTask InitializeAsync() => _partners = await Partners.StartAsync();

    public ValueTask DisposeAsync() => _partners.DisposeAsync();

    [Theory]
    [InlineData(NegotiationState.Finalized, "FINALIZED")]
    [InlineData(NegotiationState.Terminated, "TERMINATED")]
    public async Task A_watch_on_a_negotiation_that_has_ended_ends_at_once(NegotiationState state, string shown)
    {
        await _partners.Provider.StoreAsync(new Change { Negotiations = [Sample.Negotiation("did:web:consumer.example", state)] });
        using var watch = Negotiations.Watch(new V1.NegotiationId { Id = "urn:uuid:n" }, Operator);

        var states = await watch.ResponseStream.ReadAllAsync(TestContext.Current.CancellationToken).Select(n => n.State).ToListAsync(TestContext.Current.CancellationToken);

        Assert.Equal([shown], states);
    }

    [Fact]
    public async Task A_watch_shows_each_change_and_ends_with_the_negotiation()
    {
        await _partners.Provider.StoreAsync(new Change { Negotiations = [Sample.Negotiation("did:web:consumer.example", NegotiationState.Offered)] });
        using var watch = Negotiations.Watch(new V1.NegotiationId { Id = "urn:uuid:n" }, Operator);
        Assert.True(await watch.ResponseStream.MoveNext(default));
        Assert.Equal("OFFERED", watch.ResponseStream.Current.State);

        await Negotiations.TerminateAsync(new V1.TerminateRequest { Id = "urn:uuid:n", Code = "too-dear", Reasons = { "the price" } }, Operator);

        Assert.True(await watch.ResponseStream.MoveNext(default));
        Assert.Equal(("TERMINATED", "too-dear"), (watch.ResponseStream.Current.State, watch.ResponseStream.Current.Termination.Code));
        Assert.False(await watch.ResponseStream.MoveNext(default));
    }

    [Fact]
    public async Task A_negotiation_that_is_not_there_cannot_be_watched()
    {
        using var watch = Negotiations.Watch(new V1.NegotiationId { Id = "urn:uuid:none" }, Operator);

        var error = await Assert.ThrowsAsync<RpcException>(() => watch.ResponseStream.MoveNext(default));

        Assert.Equal((StatusCode.NotFound, "not-found"), (error.StatusCode, error.ToRefusal().Code));
    }

    [Fact]
    public async Task Everything_that_happens_can_be_watched()
    {
        using var watch = new V1.StatusService.StatusServiceClient(_partners.Raw(_partners.Provider.ManagementAddress)).Watch(new V1.WatchRequest { Kind = "document" }, Operator);
        await watch.ResponseHeadersAsync;

        await Documents.ApplyAsync(new V1.ApplyRequest { Files = { Policy("p", "use") } }, Operator);

        Assert.True(await watch.ResponseStream.MoveNext(default));
        Assert.Equal(("document", "Policy/p", "APPLIED"), (watch.ResponseStream.Current.Kind, watch.ResponseStream.Current.Subject, watch.ResponseStream.Current.State));
    }

    [Fact]
    public async Task A_document_is_applied_listed_and_deleted()
    {
        var applied = await Documents.ApplyAsync(new V1.ApplyRequest { Files = { Policy("p", "use") } }, Operator);
        var again = await Documents.ApplyAsync(new V1.ApplyRequest { Files = { Policy("p", "use") } }, Operator);
        var listed = await Documents.ListAsync(new V1.ListDocumentsRequest { Kind = "Policy" }, Operator);
        await Documents.DeleteAsync(new V1.DeleteDocumentRequest { Kind = "Policy", Name = "p" }, Operator);

        Assert.Equal(["created", "unchanged"], [applied.Changes.Single().Action, again.Changes.Single().Action]);
        Assert.Equal(["p"], listed.Documents.Select(d => d.Name));
        Assert.Empty((await Documents.ListAsync(new V1.ListDocumentsRequest(), Operator)).Documents);
    }

    [Fact]
    public async Task A_fault_in_a_document_is_an_answer_with_its_place_and_nothing_is_applied()
    {
        var reply = await Documents.ApplyAsync(new V1.ApplyRequest { Files = { Policy("good", "use"), Policy("bad", "uze") } }, Operator);

        var fault = Assert.Single(reply.Faults);
        Assert.Equal(("bad.yaml", 5), (fault.File, fault.Line));
        Assert.Empty((await Documents.ListAsync(new V1.ListDocumentsRequest(), Operator)).Documents);
    }

    [Theory]
    [InlineData("kind")]
    [InlineData("name")]
    public async Task What_is_missing_in_an_operators_request_is_named(string field)
    {
        var request = field == "kind" ? new V1.DeleteDocumentRequest { Kind = "Polizy", Name = "p" } : new V1.DeleteDocumentRequest { Kind = "Policy" };

        var error = await Assert.ThrowsAsync<RpcException>(async () => await Documents.DeleteAsync(request, Operator));

        Assert.Equal((StatusCode.InvalidArgument, field), (error.StatusCode, error.ToRefusal().Field));
    }

    [Fact]
    public async Task Terms_that_cannot_be_read_are_told_with_their_line_and_column()
    {
        var request = new V1.StartNegotiationRequest { Peer = "provider", Offer = "o", Dataset = "d", Terms = "{\n  \"permission\": [\n    { \"action\": \"sue\" }\n  ]\n}" };

        var error = await Assert.ThrowsAsync<RpcException>(async () => await Negotiations.StartAsync(request, Operator));

        Assert.Equal(("terms", StatusCode.InvalidArgument), (error.ToRefusal().Field, error.StatusCode));
        Assert.Contains("terms:3:7: permission[0].action: 'sue' is not known", error.ToRefusal().Message, StringComparison.Ordinal);
    }

    private static Metadata Operator => Partners.Bearer(Room.OperatorToken);

    private V1.NegotiationService.NegotiationServiceClient Negotiations => new(_partners.Raw(_partners.Provider.ManagementAddress));

    private V1.DocumentService.DocumentServiceClient Documents => new(_partners.Raw(_partners.Provider.ManagementAddress));

    private static V1.DocumentFile Policy(string name, string action) =>
        new() { Path = $"{name}.yaml", Folder = "/", Text = $"apiVersion: connector/v1\nkind: Policy\nname: {name}\npermit:\n  - action: {action}\n" };
}
