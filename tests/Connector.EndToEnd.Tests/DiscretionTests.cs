using System.Net;
using System.Text;
using Connector.Management.V1;
using Grpc.Core;
using Wire = Dataspace.Peer.V1;

namespace Connector.EndToEnd.Tests;

/// <summary>
/// A refusal tells its peer which condition decided, neither what would have met it nor any other rule: whom else the provider deals with, for what, and what it forbids.
/// The consumer asks for terms of its own, so that no catalog has told it the provider's.
/// </summary>
public sealed class DiscretionTests : IAsyncLifetime
{
    private const string Own = """
        apiVersion: connector/v1
        kind: Policy
        name: own
        permit: [ { when: [ { purpose: { anyOf: [benchmarking, ai-training] } } ] } ]
        """;

    private static readonly string[] s_planted = ["5999999999904", "8999999999901", "planted-partner", "planted-value", "planted-purpose", "planted-rival", "planted-training", "planted-member"];

    private TwoCompanies _two = null!;

    public async ValueTask InitializeAsync()
    {
        _two = await TwoCompanies.StartAsync(bytes: 1000);
        await _two.Supplier.ApplyAsync("discreet.yaml", "/", """
            apiVersion: connector/v1
            kind: Policy
            name: discreet
            permit:
              - when: [ { membership: active }, { purpose: { anyOf: [pcf-calculation, planted-value] } } ]
              - when: [ { corporateNumber: { in: ["5999999999904", "8999999999901"] } }, { purpose: { anyOf: [planted-purpose] } } ]
              - when: [ { participant: did:web:planted-partner.example } ]
            forbid:
              - when: [ { participant: did:web:planted-rival.example } ]
              - when: [ { purpose: { in: [ai-training, planted-training] } } ]
            ---
            apiVersion: connector/v1
            kind: Policy
            name: others
            permit:
              - when: [ { membership: planted-member } ]
              - when: [ { corporateNumber: { in: ["5999999999904", "8999999999901"] } } ]
              - when: [ { participant: did:web:planted-partner.example } ]
            forbid: [ { when: [ { participant: did:web:planted-rival.example } ] } ]
            ---
            apiVersion: connector/v1
            kind: Offer
            name: discreet
            datasets: [ data ]
            terms: discreet
            ---
            apiVersion: connector/v1
            kind: Offer
            name: hidden
            datasets: [ data ]
            visibleTo: others
            terms: discreet
            """);
    }

    public ValueTask DisposeAsync() => _two.DisposeAsync();

    [Theory]
    [InlineData("grpc", "benchmarking", "policy-denied")]
    [InlineData("dsp", "benchmarking", "policy-denied")]
    [InlineData("grpc", "ai-training", "policy-prohibited")]
    [InlineData("dsp", "ai-training", "policy-prohibited")]
    public async Task A_refusal_names_the_condition_that_decided_and_no_other_rule(string binding, string purpose, string code)
    {
        var asked = await _two.StartNegotiationAsync(Asking("discreet", binding, purpose));
        var refused = await _two.TerminatedAsync(asked.Id);

        Assert.Equal((binding == "dsp", code), (refused.Binding == "dsp", refused.Termination.Code));
        Assert.Contains("'purpose'", Assert.Single(refused.Termination.Reasons), StringComparison.Ordinal);
        await NothingIsGivenAwayAsync(refused.ToString());
    }

    [Theory]
    [InlineData("grpc")]
    [InlineData("dsp")]
    public async Task An_offer_that_is_hidden_is_refused_as_one_that_does_not_exist_is(string binding)
    {
        var hidden = await RefusedAsync("hidden");
        var absent = await RefusedAsync("absent");

        Assert.Equal("offer-unknown", hidden.Termination.Code);
        Assert.Equal(absent.Termination.ToString().Replace("absent", "hidden", StringComparison.Ordinal), hidden.Termination.ToString());
        await NothingIsGivenAwayAsync(hidden.ToString());

        async Task<Negotiation> RefusedAsync(string offer) => await _two.TerminatedAsync((await _two.StartNegotiationAsync(Asking(offer, binding, "pcf-calculation"))).Id);
    }

    [Fact]
    public async Task The_answer_on_the_wire_says_no_more_over_either_binding()
    {
        using var peer = new Attacker(_two.Customer, _two.Supplier);
        const string Terms = """{"permission":[{"action":"use"}]}""";

        var message = new Wire.ContractRequestMessage { MessageId = "m", ConsumerPid = "c", Offer = new Wire.Offer { Id = "urn:offer:hidden", Target = "urn:dataset:data", Policy = Terms } };
        var status = await Assert.ThrowsAsync<RpcException>(async () => await new Wire.NegotiationService.NegotiationServiceClient(peer.Calls).RequestAsync(message, Attacker.Bearer(peer.Token())));
        Assert.Contains("urn:offer:hidden", status.Status.Detail, StringComparison.Ordinal);
        await NothingIsGivenAwayAsync($"{status} {string.Concat(status.Trailers.Select(t => t.IsBinary ? Encoding.UTF8.GetString(t.ValueBytes) : t.Value))}");

        using var request = new HttpRequestMessage(HttpMethod.Post, "/dsp/2025-1/negotiations/request");
        request.Headers.Add("Authorization", $"Bearer {peer.Token()}");
        request.Content = new StringContent($$"""
            {
              "@context": ["https://w3id.org/dspace/2025/1/context.jsonld"], "@type": "ContractRequestMessage", "consumerPid": "urn:uuid:7d0e3a52-6a44-4f5e-9d55-1f1f7c8f0c11",
              "callbackAddress": "https://localhost:{{_two.Customer.PeerPort}}/dsp/2025-1",
              "offer": { "@id": "urn:offer:hidden", "@type": "Offer", "target": "urn:dataset:data", "permission": [{ "action": "use" }] }
            }
            """, Encoding.UTF8, "application/json");
        using var answer = await peer.Http.SendAsync(request);
        var body = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.StatusCode == HttpStatusCode.NotFound && body.Contains("offer-unknown", StringComparison.Ordinal), $"{answer.StatusCode}: {body}");
        await NothingIsGivenAwayAsync($"{answer.Headers} {body}");
    }

    private static StartNegotiationRequest Asking(string offer, string binding, string purpose) =>
        new() { Offer = $"urn:offer:{offer}", Dataset = "urn:dataset:data", Terms = Own, Purposes = { purpose }, Binding = binding };

    // All that reached the consumer is in what it told, in what it tells its operator, or in what it keeps.
    private async Task NothingIsGivenAwayAsync(string told)
    {
        var listed = await _two.Customer.RunAsync("get", "negotiations", "-o", "json");
        Assert.True(listed.ExitCode == 0, listed.Error);
        Assert.Empty(Planted(told + listed.Output + Kept(_two.Customer)));
        Assert.Equal(s_planted, Planted(Kept(_two.Supplier)));
    }

    private static IEnumerable<string> Planted(string text) => s_planted.Where(word => text.Contains(word, StringComparison.Ordinal));

    // Every byte of the company's folder, its database and logs included, as the daemon that has it open wrote it; a lock is held and has none.
    private static string Kept(Company company)
    {
        var kept = new StringBuilder();
        foreach (var path in Directory.EnumerateFiles(company.Folder, "*", SearchOption.AllDirectories).Where(path => !path.EndsWith(".lock", StringComparison.Ordinal)))
        {
            using var file = new StreamReader(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete), Encoding.Latin1);
            kept.AppendLine(file.ReadToEnd());
        }

        return kept.ToString();
    }
}
