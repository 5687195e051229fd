using System.Text.RegularExpressions;
using Connector.Testing;
using Grpc.Core;

namespace Connector.EndToEnd.Tests;

/// <summary>Companies that an issuer vouches for: who calls and that it is a member comes from its tokens, not from a Peer document.</summary>
public sealed class IssuerTests
{
    [Fact]
    public async Task Companies_that_one_issuer_vouches_for_make_a_contract_and_go_on_after_it_changed_its_keys()
    {
        await using var issuer = await OidcIssuer.StartAsync(TimeProvider.System);
        await using var two = await TwoCompanies.StartAsync(bytes: 1000, (supplier, customer) => MeetAsync(issuer, supplier, customer, customerIs: "active"));

        var agreement = (await two.FinalizedAsync((await two.StartNegotiationAsync()).Id)).AgreementId;
        issuer.Rotate();

        await two.ArrivedWholeAsync((await two.PullAsync(agreement, "first.bin")).Id, "first.bin");
        Assert.InRange(issuer.TokenRequests, 2, 20);
        await two.EvidenceHoldsAsync();
        two.NoErrorsWereLogged();
    }

    [Fact]
    public async Task A_company_that_the_issuer_knows_as_no_member_finds_no_offer()
    {
        await using var issuer = await OidcIssuer.StartAsync(TimeProvider.System);
        await using var two = await TwoCompanies.StartAsync(bytes: 1000, (supplier, customer) => MeetAsync(issuer, supplier, customer, customerIs: "suspended"));

        var refused = await Assert.ThrowsAsync<RpcException>(() => two.StartNegotiationAsync());

        Assert.Equal(StatusCode.NotFound, refused.StatusCode);
        Assert.Empty(await two.AgreementsAsync(two.Supplier));
        two.NoErrorsWereLogged();
    }

    private static async Task MeetAsync(OidcIssuer issuer, Company supplier, Company customer, string customerIs)
    {
        foreach (var (company, other, membership) in ((Company, Company, string)[])[(supplier, customer, "active"), (customer, supplier, customerIs)])
        {
            await TrustAsync(company, issuer);
            issuer.Register(new OidcClient(company.Id, company.KeySet, other.Id, new Dictionary<string, object> { ["sub"] = company.Id, ["membership"] = membership }));
        }

        await Task.WhenAll(supplier.StartAsync(), customer.StartAsync());

        // The documents say where the other is and which keys sign its contracts; they vouch for nothing.
        await supplier.MeetAsync(customer, "", "trust: pinned", "trust: space");
        await customer.MeetAsync(supplier, "", "trust: pinned", "trust: space");
    }

    private static async Task TrustAsync(Company company, OidcIssuer issuer)
    {
        var path = Path.Combine(company.Folder, "connector.yaml");
        var domain = $$"""
            domains:
                - name: space
                  kind: oidc
                  issuer: {{issuer.Url}}
                  issuerPins: [ "{{issuer.CertificatePin}}" ]
                  targetParameter: audience
                  claims: { membership: membership }
            """;
        var text = await File.ReadAllTextAsync(path);
        Assert.Contains("domains: []", text, StringComparison.Ordinal);
        await File.WriteAllTextAsync(path, Regex.Replace(text, @"domains: \[\][^\n]*", domain));
    }
}
