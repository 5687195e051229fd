using System.Globalization;
using System.Security.Cryptography;
using Connector.Management.V1;
using Grpc.Core;

namespace Connector.EndToEnd.Tests;

/// <summary>A supplier with one offer and a customer who may have it, each a process of its own, over TLS, on SQLite.</summary>
internal sealed class TwoCompanies : IAsyncDisposable
{
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(25);
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(2);

    private readonly string _root;

    private TwoCompanies(string root, Company supplier, Company customer, byte[] sha256) => (_root, Supplier, Customer, Sha256) = (root, supplier, customer, sha256);

    public Company Supplier { get; }

    public Company Customer { get; }

    /// <summary>SHA-256 of the supplier's file.</summary>
    public byte[] Sha256 { get; }

    public string Inbox => Path.Combine(_root, "inbox");

    /// <summary>Two companies that have pinned each other's keys.</summary>
    public static Task<TwoCompanies> StartAsync(int bytes) => StartAsync(bytes, static async (supplier, customer) =>
    {
        await Task.WhenAll(supplier.StartAsync(), customer.StartAsync());
        await supplier.MeetAsync(customer, "claims: { membership: active }");
        await customer.MeetAsync(supplier, "claims: {}");
    });

    /// <summary>Two companies that come to know each other in a way of their own.</summary>
    /// <param name="meet">Starts both, and makes them known to each other.</param>
    public static async Task<TwoCompanies> StartAsync(int bytes, Func<Company, Company, Task> meet)
    {
        var root = Directory.CreateTempSubdirectory("connector-e2e-").FullName;
        var data = new byte[bytes];
        new Random(1).NextBytes(data);
        await File.WriteAllBytesAsync(Path.Combine(root, "data.bin"), data);
        var supplier = await Company.MakeAsync(root, "supplier");
        var customer = await Company.MakeAsync(root, "customer");
        await meet(supplier, customer);
        await supplier.ApplyAsync("offer.yaml", root, """
            apiVersion: connector/v1
            kind: Policy
            name: members
            permit: [ { when: [ { membership: active }, { purpose: { anyOf: [pcf-calculation] } } ] } ]
            ---
            apiVersion: connector/v1
            kind: Dataset
            name: data
            source: { file: ./data.bin }
            ---
            apiVersion: connector/v1
            kind: Offer
            name: data
            datasets: [ data ]
            visibleTo: members-only
            terms: members
            ---
            apiVersion: connector/v1
            kind: Policy
            name: members-only
            permit: [ { when: [ { membership: active } ] } ]
            """);
        Directory.CreateDirectory(Path.Combine(root, "inbox"));
        return new TwoCompanies(root, supplier, customer, SHA256.HashData(data));
    }

    /// <summary>Asks again, through crashes, until the answer is there.</summary>
    public static async Task<T> UntilAsync<T>(Func<Task<T?>> ask, string what)
        where T : class
    {
        var giveUp = TimeProvider.System.GetUtcNow() + s_patience;
        var last = "never answered";
        while (TimeProvider.System.GetUtcNow() < giveUp)
        {
            try
            {
                if (await ask() is { } found)
                {
                    return found;
                }

                last = "not yet";
            }
            catch (RpcException e) when (e.StatusCode is StatusCode.Unavailable or StatusCode.Cancelled or StatusCode.Internal)
            {
                last = e.Status.Detail;
            }

            await Task.Delay(s_pause);
        }

        throw new TimeoutException($"{what}: {last}");
    }

    public async Task<Negotiation> StartNegotiationAsync() =>
        await new NegotiationService.NegotiationServiceClient(Customer.Calls).StartAsync(
            new StartNegotiationRequest { Peer = Supplier.Id, Offer = "data", Purposes = { "pcf-calculation" } }, Customer.Token);

    public Task<Negotiation> FinalizedAsync(string id) => UntilAsync(async () =>
    {
        var found = await new NegotiationService.NegotiationServiceClient(Customer.Calls).GetAsync(new NegotiationId { Id = id }, Customer.Token);
        Assert.True(found.State != "TERMINATED", $"terminated: {found.Termination} {found.LastError}");
        return found.State == "FINALIZED" ? found : null;
    }, $"negotiation {id} to be FINALIZED");

    public async Task<Transfer> PullAsync(string agreementId, string name) => await new TransferService.TransferServiceClient(Customer.Calls).StartAsync(
        new StartTransferRequest { AgreementId = agreementId, Sink = Path.Combine(Inbox, name) }, Customer.Token);

    public Task<Transfer> EndedAsync(string id) => UntilAsync(async () =>
    {
        var found = await new TransferService.TransferServiceClient(Customer.Calls).GetAsync(new TransferId { Id = id }, Customer.Token);
        return found.State is "COMPLETED" or "TERMINATED" ? found : null;
    }, $"transfer {id} to end");

    /// <summary>Both logs are intact, and hold exactly one proof of each contract.</summary>
    public async Task EvidenceHoldsAsync()
    {
        foreach (var company in (Company[])[Supplier, Customer])
        {
            var client = new EvidenceService.EvidenceServiceClient(company.Calls);
            var report = await client.VerifyAsync(new VerifyEvidenceRequest(), company.Token);
            Assert.Empty(report.Faults);
            var subjects = new List<string>();
            using var entries = client.List(new ListEvidenceRequest(), company.Token);
            await foreach (var entry in entries.ResponseStream.ReadAllAsync())
            {
                if (entry.Kind is "Agreement" or "Receipt")
                {
                    subjects.Add($"{entry.Kind} {entry.Subject}");
                }
            }

            Assert.Equal(subjects.Distinct().Order(), subjects.Order());
        }
    }

    public async Task<IReadOnlyList<string>> AgreementsAsync(Company company) =>
        [.. (await new AgreementService.AgreementServiceClient(company.Calls).ListAsync(new ListRequest { Limit = 1000 }, company.Token)).Agreements.Select(a => a.Id).Order()];

    public void NoErrorsWereLogged() => Assert.Empty(Supplier.Errors.Concat(Customer.Errors));

    public async ValueTask DisposeAsync()
    {
        await Supplier.DisposeAsync();
        await Customer.DisposeAsync();
        Directory.Delete(_root, recursive: true);
    }

    public static string Hex(string path) => Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(path))).ToUpper(CultureInfo.InvariantCulture);
}
