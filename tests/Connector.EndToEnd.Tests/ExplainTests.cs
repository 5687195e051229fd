using System.Text.Json.Nodes;
using Connector.Management.V1;

namespace Connector.EndToEnd.Tests;

/// <summary>An operator asks why: of what was refused, of an offer that is not seen, of an agreement that has ended.</summary>
public sealed class ExplainTests : IAsyncLifetime
{
    private TwoCompanies _two = null!;

    public async ValueTask InitializeAsync() => _two = await TwoCompanies.StartAsync(bytes: 1000);

    public ValueTask DisposeAsync() => _two.DisposeAsync();

    [Fact]
    public async Task A_refused_negotiation_is_explained_by_its_id_to_its_provider_alone()
    {
        var asked = await _two.StartNegotiationAsync(new StartNegotiationRequest { Offer = "data", Purposes = { "benchmarking" } });
        await _two.TerminatedAsync(asked.Id);
        var negotiations = await new NegotiationService.NegotiationServiceClient(_two.Supplier.Calls).ListAsync(new ListRequest(), _two.Supplier.Token);
        var id = Assert.Single(negotiations.Negotiations).Id;

        var text = await ExplainAsync(_two.Supplier, 1, id);
        Assert.Contains("refused (policy-denied): permit[0]: 'purpose' is benchmarking, expected: in pcf-calculation", text, StringComparison.Ordinal);
        Assert.Matches(@"purpose +does not hold +expected in pcf-calculation; found benchmarking \(declared by the consumer\)", text);
        Assert.Contains("purpose does not hold: expected in pcf-calculation", await ExplainAsync(_two.Supplier, 1, id, "--tree"), StringComparison.Ordinal);

        var told = JsonNode.Parse(await ExplainAsync(_two.Supplier, 1, id, "-o", "json"))!;
        Assert.Equal((true, "negotiation", false, "policy-denied"), ((bool)told["stored"]!, (string?)told["point"], (bool)told["verdict"]!["permitted"]!, (string?)told["verdict"]!["code"]));
        Assert.Equal(["membership Satisfied", "purpose Unsatisfied"], told["verdict"]!["trace"]!.AsArray().Select(step => $"{step!["condition"]} {step["outcome"]}"));

        var elsewhere = await _two.Customer.RunAsync("policy", "explain", asked.Id);
        Assert.Equal(1, elsewhere.ExitCode);
        Assert.Contains("ask the provider", elsewhere.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_does_not_see_an_offer_and_why_is_told_without_its_asking()
    {
        string[] outsider = ["--offer", "data", "--as", "did:web:outsider.example", "--for", "catalog"];

        var text = await ExplainAsync(_two.Supplier, 1, outsider);
        Assert.Contains("visibleTo 'members-only'", text, StringComparison.Ordinal);
        Assert.Matches("membership +not known +expected active; found nothing", text);
        var told = JsonNode.Parse(await ExplainAsync(_two.Supplier, 1, [.. outsider, "-o", "json"]))!;
        Assert.Equal(("catalog", "policy-not-known"), ((string?)told["point"], (string?)told["verdict"]!["code"]));

        Assert.Contains("permitted", await ExplainAsync(_two.Supplier, 0, [.. outsider, "--claim", "membership=active"]), StringComparison.Ordinal);
        Assert.Matches("membership +holds", await ExplainAsync(_two.Supplier, 0, "--offer", "data", "--as", "customer", "--for", "catalog"));
    }

    [Fact]
    public async Task An_agreement_that_has_ended_is_explained_by_its_end_on_both_sides()
    {
        var agreement = await _two.AgreedAsync();
        Assert.StartsWith("agreement", await ExplainAsync(_two.Supplier, 0, agreement), StringComparison.Ordinal);

        var ended = await _two.Supplier.RunAsync("terminate", agreement, "--reason", "no longer a customer");
        Assert.True(ended.ExitCode == 0, ended.Error);
        await TwoCompanies.UntilAsync(async () =>
            await new AgreementService.AgreementServiceClient(_two.Customer.Calls).GetAsync(new AgreementId { Id = agreement }, _two.Customer.Token) is { End: not null } found ? found : null, "the customer to know the end");

        foreach (var company in (Company[])[_two.Supplier, _two.Customer])
        {
            var verdict = JsonNode.Parse(await ExplainAsync(company, 1, agreement, "-o", "json"))!["verdict"]!;
            Assert.Equal((false, "agreement-revoked"), ((bool)verdict["permitted"]!, (string?)verdict["code"]));
            Assert.Contains("no longer a customer", (string?)verdict["reason"], StringComparison.Ordinal);
        }
    }

    private static async Task<string> ExplainAsync(Company company, int exitCode, params string[] arguments)
    {
        var run = await company.RunAsync(["policy", "explain", .. arguments]);
        Assert.True(run.ExitCode == exitCode && run.Error.Length == 0, $"{run.ExitCode}: {run.Error}{run.Output}");
        return run.Output;
    }
}
