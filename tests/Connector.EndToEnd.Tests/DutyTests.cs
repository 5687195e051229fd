using System.Text.Json.Nodes;
using Connector.Management.V1;

namespace Connector.EndToEnd.Tests;

/// <summary>Data that waits for consent: refused with what is missing, recorded, delivered, proven. Over either binding.</summary>
public sealed class DutyTests : IAsyncLifetime
{
    private TwoCompanies _two = null!;

    public async ValueTask InitializeAsync()
    {
        _two = await TwoCompanies.StartAsync(bytes: 1000);
        await _two.Supplier.ApplyAsync("consent.yaml", "/", """
            apiVersion: connector/v1
            kind: Policy
            name: with-consent
            permit:
              - when: [ { membership: active } ]
                then: [ { obtainConsent: }, { delete: { within: P30D, after: agreementEnd } } ]
            ---
            apiVersion: connector/v1
            kind: Offer
            name: consented
            datasets: [ data ]
            terms: with-consent
            """);
    }

    public ValueTask DisposeAsync() => _two.DisposeAsync();

    [Theory]
    [InlineData("grpc")]
    [InlineData("dsp")]
    public async Task Data_that_waits_for_consent_is_delivered_once_the_supplier_has_recorded_it(string binding)
    {
        string[] ifAsked = ["policy", "explain", "--offer", "consented", "--as", "customer", "--for", "transfer"];
        Assert.Matches("obtainConsent +not known", (await _two.Supplier.RunAsync(ifAsked)).Output);
        Assert.Matches("obtainConsent +holds", await DoneAsync(_two.Supplier, [.. ifAsked, "--fulfilled", "obtainConsent"]));

        var asked = await _two.StartNegotiationAsync(new StartNegotiationRequest { Offer = "consented", Binding = binding });
        var agreement = (await _two.FinalizedAsync(asked.Id)).AgreementId;

        var refused = await _two.Customer.RunAsync("pull", agreement, "--to", Path.Combine(_two.Inbox, "early.bin"));
        Assert.Equal(1, refused.ExitCode);
        Assert.Contains("the duty 'obtainConsent' comes first, and the provider has no record that it is fulfilled", refused.Error, StringComparison.Ordinal);
        Assert.Contains("[policy-not-known]", refused.Error, StringComparison.Ordinal);

        var pid = (string)JsonNode.Parse(await DoneAsync(_two.Customer, "get", "transfers", "-o", "json"))![0]!["id"]!;
        Assert.Matches(@"did:web:customer.example +policy-not-known +the duty 'obtainConsent' comes first", await DoneAsync(_two.Supplier, "get", "refusals"));
        var elsewhere = await _two.Customer.RunAsync("policy", "explain", pid);
        Assert.Contains("the provider ended it (policy-not-known", elsewhere.Error, StringComparison.Ordinal);

        // The customer's own record is its proof, and opens nothing that is not its own.
        await DoneAsync(_two.Customer, "fulfil", agreement, "obtainConsent", "--note", "asked all drivers");
        Assert.Equal(1, (await _two.Customer.RunAsync("pull", agreement, "--to", Path.Combine(_two.Inbox, "early.bin"))).ExitCode);

        var shown = await DoneAsync(_two.Supplier, "get", "agreements", agreement);
        Assert.Matches(@"obtainConsent +permit\[0\]\.then\[0\] +open, comes first", shown);
        Assert.Matches(@"delete +permit\[0\]\.then\[1\] +not owed yet", shown);
        Assert.Contains($"connector fulfil {agreement} 'permit[0].then[0]'", shown, StringComparison.Ordinal);

        await DoneAsync(_two.Supplier, "fulfil", agreement, "obtainConsent", "--note", "form 114");
        await DoneAsync(_two.Supplier, "fulfil", agreement, "obtainConsent", "--note", "once more");
        await DoneAsync(_two.Customer, "pull", agreement, "--to", Path.Combine(_two.Inbox, $"{binding}.bin"));
        Assert.True(_two.IsWhole($"{binding}.bin"));

        // Asked afterwards, the refusal is still explained by what was known when it was given.
        var then = await _two.Supplier.RunAsync("policy", "explain", pid);
        Assert.Equal(1, then.ExitCode);
        Assert.Matches(@"as decided at .*\n.*refused \(policy-not-known\)", then.Output);
        Assert.Matches(@"obtainConsent +not known +expected is fulfilled first; found nothing \(the record of duties\)", then.Output);
        Assert.Matches(@"obtainConsent +holds +expected is fulfilled first; found fulfilled on", await DoneAsync(_two.Supplier, "policy", "explain", agreement));

        var told = JsonNode.Parse(await DoneAsync(_two.Supplier, "get", "agreements", agreement, "-o", "json"))!["duties"]![0]!;
        Assert.Equal(("FULFILLED", "form 114"), ((string?)told["state"], (string?)told["note"]));
        Assert.Equal(["Agreement", "Fulfilment"], await TwoCompanies.EvidenceAsync(_two.Supplier, agreement));
        await _two.EvidenceHoldsAsync();
        await DoneAsync(_two.Supplier, "audit", "verify");
        _two.NoErrorsWereLogged();
    }

    private static async Task<string> DoneAsync(Company company, params string[] arguments)
    {
        var run = await company.RunAsync(arguments);
        Assert.True(run.ExitCode == 0, $"{string.Join(' ', arguments)}: {run.ExitCode}: {run.Error}{run.Output}");
        return run.Output;
    }
}
