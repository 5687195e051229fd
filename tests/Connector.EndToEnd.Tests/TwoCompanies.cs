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

    /// <param name="binding">Empty for the best that both speak.</param>
    public Task<Negotiation> StartNegotiationAsync(string binding = "") =>
        StartNegotiationAsync(new StartNegotiationRequest { Offer = "data", Purposes = { "pcf-calculation" }, Binding = binding });

    /// <summary>The customer asks the supplier.</summary>
    public async Task<Negotiation> StartNegotiationAsync(StartNegotiationRequest asked)
    {
        asked.Peer = Supplier.Id;
        return await new NegotiationService.NegotiationServiceClient(Customer.Calls).StartAsync(asked, Customer.Token);
    }

    /// <summary>The id of a new agreement.</summary>
    public async Task<string> AgreedAsync(string binding = "") => (await FinalizedAsync((await StartNegotiationAsync(binding)).Id)).AgreementId;

    public Task<Negotiation> FinalizedAsync(string id) => EndedInAsync(id, "FINALIZED");

    public Task<Negotiation> TerminatedAsync(string id) => EndedInAsync(id, "TERMINATED");

    /// <param name="format">Empty for a pull.</param>
    public async Task<Transfer> PullAsync(string agreementId, string name, string format = "") => await Transfers(Customer).StartAsync(
        new StartTransferRequest { AgreementId = agreementId, Sink = Path.Combine(Inbox, name), Format = format }, Customer.Token);

    /// <summary>The transfer ends well, and brought the supplier's file to the byte.</summary>
    public async Task ArrivedWholeAsync(string id, string name)
    {
        var ended = await EndedAsync(id);
        Assert.True(ended.State == "COMPLETED", $"{ended.State}: {ended.Termination} {ended.LastError}");
        Assert.True(IsWhole(name), $"{name} is not the supplier's file");
    }

    /// <summary>Whether the file of this name in the inbox is the supplier's to the byte.</summary>
    public bool IsWhole(string name) => SHA256.HashData(File.ReadAllBytes(Path.Combine(Inbox, name))).AsSpan().SequenceEqual(Sha256);

    public Task<Transfer> EndedAsync(string id) => TransferAsync(id, t => t.State is "COMPLETED" or "TERMINATED", "end");

    /// <summary>The customer's transfer, once it is as is wanted.</summary>
    public Task<Transfer> TransferAsync(string id, Func<Transfer, bool> wanted, string what) => TransferAsync(Customer, id, wanted, what);

    public static Task<Transfer> TransferAsync(Company at, string id, Func<Transfer, bool> wanted, string what) => UntilAsync(async () =>
    {
        var found = await Transfers(at).GetAsync(new TransferId { Id = id }, at.Token);
        return wanted(found) ? found : null;
    }, $"transfer {id} to {what}");

    /// <summary>An operator's step, tried again while a daemon is away or the transfer is not there yet.</summary>
    public static Task<Transfer> StepAsync(Company at, string id, string step) =>
        UntilAsync(async () => await Transfers(at).StepAsync(new StepRequest { Id = id, Step = step, Reasons = { "by the test" } }, at.Token), $"transfer {id} to {step}");

    public static TransferService.TransferServiceClient Transfers(Company at) => new(at.Calls);

    /// <summary>The kinds of evidence that a company holds of a transfer, in order.</summary>
    public static async Task<IReadOnlyList<string>> EvidenceAsync(Company at, string transferId)
    {
        var kinds = new List<string>();
        using var entries = new EvidenceService.EvidenceServiceClient(at.Calls).List(new ListEvidenceRequest(), at.Token);
        await foreach (var entry in entries.ResponseStream.ReadAllAsync())
        {
            if (entry.Subject == transferId)
            {
                kinds.Add(entry.Kind);
            }
        }

        return kinds;
    }

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

    /// <summary>Files that a transfer needs only while it runs: partial ones beside their targets, spools, and what remembers them.</summary>
    private IReadOnlyList<string> Leftovers() =>
    [
        .. Directory.EnumerateFileSystemEntries(Inbox, ".*.partial"),
        .. ((Company[])[Supplier, Customer]).SelectMany(c => (string[])["spool", "partials"], (c, folder) => Path.Combine(c.Folder, "data", "cache", folder)).Where(Directory.Exists).SelectMany(Directory.EnumerateFileSystemEntries),
    ];

    public Task NothingIsLeftOverAsync() => UntilAsync(() => Task.FromResult(Leftovers().Count == 0 ? "swept" : null), "what arrived to be swept");

    public void NoErrorsWereLogged()
    {
        var errors = string.Join("\n", Supplier.Errors.Concat(Customer.Errors));
        Assert.True(errors.Length == 0, errors);
    }

    public async ValueTask DisposeAsync()
    {
        await Supplier.DisposeAsync();
        await Customer.DisposeAsync();
        Directory.Delete(_root, recursive: true);
    }

    private Task<Negotiation> EndedInAsync(string id, string state) => UntilAsync(async () =>
    {
        var found = await new NegotiationService.NegotiationServiceClient(Customer.Calls).GetAsync(new NegotiationId { Id = id }, Customer.Token);
        Assert.True(found.State == state || found.State is not ("FINALIZED" or "TERMINATED"), $"{found.State}: {found.Termination} {found.LastError}");
        return found.State == state ? found : null;
    }, $"negotiation {id} to be {state}");
}
