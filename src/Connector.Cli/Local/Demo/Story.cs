using System.Diagnostics;
using System.Globalization;
using Connector.Cli.Remote;
using Connector.Management.V1;
using Grpc.Core;

namespace Connector.Cli.Local.Demo;

/// <summary>The story of the demo: two companies and one outside, from the catalog to the revocation.</summary>
internal sealed class Story(DemoRequest request, Narrator narrator, string folder)
{
    /// <summary>What the battery maker wishes for at first: the data for any use, and no deletion. The supplier will not give that.</summary>
    private const string Wish = """
        apiVersion: connector/v1
        kind: Policy
        name: battery-wish
        title: { en: What the battery maker would like }
        permit:
          - action: use
            when:
              - membership: active
        """;

    private const string Purpose = "pcf-calculation";

    public async Task<DemoResult> TellAsync(CancellationToken cancel)
    {
        narrator.Chapter("Two companies, and one outside their data space");
        var cast = (Cast[])[Cast.CathodeSupplier, Cast.BatteryMaker, Cast.OutsideCompany];
        var ports = FreePorts.Take(2 * cast.Length, new Random());
        var folders = cast.Select((who, i) => Company.Make(who, folder, ports[2 * i], ports[(2 * i) + 1])).ToList();
        var exhibit = await Exhibit.LayOutAsync(folders[0], request.Size, cancel);
        var starts = cast.Select((who, i) => StartAsync(who, folders[i], cancel)).ToList();
        try
        {
            var companies = await Task.WhenAll(starts);
            return await PlayAsync(companies[0], companies[1], companies[2], exhibit, cancel);
        }
        finally
        {
            await Task.WhenAll(starts.Where(s => s.IsCompletedSuccessfully).Select(s => s.Result.DisposeAsync().AsTask()));
        }
    }

    private async Task<Company> StartAsync(Cast cast, string folder, CancellationToken cancel)
    {
        var watch = Stopwatch.StartNew();
        var company = await Company.StartAsync(cast, folder, cancel);
        narrator.Tell(cast.Word, string.Create(CultureInfo.InvariantCulture, $"{cast.Name} ({cast.CorporateNumber}): its connector answers after {watch.Elapsed.TotalSeconds:0.00} s"));
        return company;
    }

    private async Task<DemoResult> PlayAsync(Company supplier, Company battery, Company outsider, Exhibit exhibit, CancellationToken cancel)
    {
        await MeetAsync(supplier, battery, outsider, exhibit, cancel);
        var (offer, catalogMs) = await CatalogAsync(battery, exhibit, cancel);
        var outsiderSaw = await OutsiderAsync(outsider, cancel);
        var negotiation = new NegotiationChapter(narrator, request.Binding);
        var (agreed, negotiationMs) = await negotiation.TellAsync(battery, offer, Wish, Purpose, cancel);
        await SignaturesAsync(supplier, battery, agreed.AgreementId, cancel);
        var (received, transferMs) = await PullAsync(battery, agreed.AgreementId, cancel);
        var receivedSha256 = await Exhibit.HashAsync(received, cancel);
        narrator.Tell(battery.Cast.Word, receivedSha256 == exhibit.Sha256 ? $"sha256 {receivedSha256[..16]}… equals the supplier's file" : "what arrived is NOT the supplier's file");
        var verified = await EvidenceAsync(supplier, cancel) & await EvidenceAsync(battery, cancel);
        var (after, reason) = await RevokeAsync(supplier, battery, agreed.AgreementId, cancel);
        return new DemoResult
        {
            Binding = request.Binding,
            NegotiationId = agreed.Id,
            AgreementId = agreed.AgreementId,
            DatasetSha256 = exhibit.Sha256,
            ReceivedSha256 = receivedSha256,
            Bytes = new FileInfo(received).Length,
            OutsiderSaw = outsiderSaw,
            PullAfterRevocation = after,
            RefusalReason = reason,
            EvidenceVerified = verified & await EvidenceAsync(supplier, cancel) & await EvidenceAsync(battery, cancel),
            CatalogMs = catalogMs,
            NegotiationMs = negotiationMs,
            TransferMs = transferMs,
            ProviderPeakMiB = supplier.PeakMemoryMiB(),
            ConsumerPeakMiB = battery.PeakMemoryMiB(),
        };
    }

    private async Task MeetAsync(Company supplier, Company battery, Company outsider, Exhibit exhibit, CancellationToken cancel)
    {
        await Task.WhenAll(supplier.MeetAsync(battery, cancel), battery.MeetAsync(supplier, cancel), outsider.MeetAsync(supplier, cancel));
        await supplier.MeetAsync(outsider, cancel);
        narrator.Tell(supplier.Cast.Word, "knows the keys of both others, and vouches for the battery maker's membership alone");
        await supplier.ApplyAsync(exhibit.Files, cancel);
        narrator.Tell(supplier.Cast.Word, $"applies its policies and offers; {Path.GetFileName(exhibit.Data)}, {Rows.Size(exhibit.Bytes)}");
    }

    private async Task<(CatalogOffer Offer, double Milliseconds)> CatalogAsync(Company battery, Exhibit exhibit, CancellationToken cancel)
    {
        narrator.Chapter("Catalog");
        var since = Stopwatch.GetTimestamp();
        var catalog = await battery.Catalogs.RequestAsync(new RequestCatalogRequest { Peer = Cast.CathodeSupplier.Id, Binding = request.Binding }, cancellationToken: cancel);
        var elapsed = Stopwatch.GetElapsedTime(since).TotalMilliseconds;
        foreach (var dataset in catalog.Datasets)
        {
            narrator.Tell(battery.Cast.Word, $"sees {Words.Title(dataset.Title)}, {Rows.Size(dataset.Size)}, in {dataset.Offers.Count} {(dataset.Offers.Count == 1 ? "offer" : "offers")}");
        }

        var offer = catalog.Datasets.SelectMany(d => d.Offers).FirstOrDefault(o => o.Id.EndsWith(exhibit.Offer, StringComparison.Ordinal));
        return offer is null
            ? throw new Failure($"the catalog does not hold the offer {exhibit.Offer}; it has {string.Join(", ", catalog.Datasets.SelectMany(d => d.Offers).Select(o => o.Id))}")
            : (offer, elapsed);
    }

    private async Task<int> OutsiderAsync(Company outsider, CancellationToken cancel)
    {
        var catalog = await outsider.Catalogs.RequestAsync(new RequestCatalogRequest { Peer = Cast.CathodeSupplier.Id, Binding = request.Binding }, cancellationToken: cancel);
        narrator.Tell(outsider.Cast.Word, catalog.Datasets.Count == 0 ? "asks for the same catalog, and sees nothing: nobody vouches for its membership" : $"sees {catalog.Datasets.Count} datasets");
        return catalog.Datasets.Count;
    }

    private async Task SignaturesAsync(Company supplier, Company battery, string agreementId, CancellationToken cancel)
    {
        foreach (var company in (Company[])[supplier, battery])
        {
            var agreement = await company.Agreements.GetAsync(new AgreementId { Id = agreementId }, cancellationToken: cancel);
            if (agreement.ProviderSignature.Length == 0 || agreement.ConsumerSignature.Length == 0)
            {
                throw new Failure($"{company.Cast.Word} does not hold both signatures of {agreementId}");
            }

            narrator.Tell(company.Cast.Word, $"holds the agreement with both signatures: provider {Short(agreement.ProviderSignature)}, consumer {Short(agreement.ConsumerSignature)}");
        }
    }

    private async Task<(string Path, double Milliseconds)> PullAsync(Company battery, string agreementId, CancellationToken cancel)
    {
        narrator.Chapter("Transfer");
        var target = Path.Combine(battery.Folder, "received");
        Directory.CreateDirectory(target);
        var since = Stopwatch.GetTimestamp();
        var transfer = await battery.Following.StartAsync(new StartTransferRequest { AgreementId = agreementId, Sink = target + Path.DirectorySeparatorChar }, cancel);
        transfer = await battery.Following.UntilEndedAsync(transfer, null, line => narrator.Tell(battery.Cast.Word, line), cancel);
        var elapsed = Stopwatch.GetElapsedTime(since);
        if (transfer.State != "COMPLETED")
        {
            throw PullVerb.Refused(transfer);
        }

        var file = Directory.EnumerateFiles(target).Single();
        var size = new FileInfo(file).Length;
        narrator.Tell(battery.Cast.Word, string.Create(CultureInfo.InvariantCulture, $"pulled {Rows.Size(size)} in {elapsed.TotalSeconds:0.000} s ({size / elapsed.TotalSeconds / 1e6:0} MB/s), every byte verified, receipt signed"));
        return (file, elapsed.TotalMilliseconds);
    }

    private async Task<bool> EvidenceAsync(Company company, CancellationToken cancel)
    {
        var report = await company.Evidence.VerifyAsync(new VerifyEvidenceRequest(), cancellationToken: cancel);
        narrator.Tell(company.Cast.Word, report.Faults.Count == 0 ? $"evidence: {report.Entries} entries, all intact" : $"evidence: {report.Faults[0].What}");
        return report.Faults.Count == 0 && report.Entries > 0;
    }

    private async Task<(string Outcome, string Reason)> RevokeAsync(Company supplier, Company battery, string agreementId, CancellationToken cancel)
    {
        narrator.Chapter("Revocation");
        await supplier.Agreements.EndAsync(new EndAgreementRequest { Id = agreementId, Reason = "the supply contract was ended" }, cancellationToken: cancel);
        narrator.Tell(supplier.Cast.Word, "revokes the agreement: the supply contract was ended");
        try
        {
            var sink = Path.Combine(battery.Folder, "again") + Path.DirectorySeparatorChar;
            var transfer = await battery.Following.StartAsync(new StartTransferRequest { AgreementId = agreementId, Sink = sink }, cancel);
            transfer = await battery.Following.UntilEndedAsync(transfer, null, static _ => { }, cancel);
            var reason = NegotiationWatch.Because(transfer.Termination);
            narrator.Tell(battery.Cast.Word, transfer.State == "TERMINATED" ? $"pulls again, and is refused: {reason}" : "pulls again, and gets the data");
            return (transfer.State == "TERMINATED" ? "refused" : "delivered", reason);
        }
        catch (RpcException e) when (e.GetRpcStatus() is { } status)
        {
            narrator.Tell(battery.Cast.Word, $"pulls again, and is refused: {status.Message}");
            return ("refused", status.Message);
        }
    }

    private static string Short(string signature) => $"…{signature[^12..]}";
}
