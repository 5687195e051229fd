using System.Globalization;
using System.Security.Cryptography;
using Connector.Cli.Remote;
using Connector.Management.V1;

namespace Connector.Cli.Local.Demo;

/// <summary>What the supplier provides in the story: the policy and dataset files of the example, and on demand a large dataset made on the fly.</summary>
/// <param name="Files">The documents to apply.</param>
/// <param name="Offer">The last part of the offer's id.</param>
/// <param name="Data">The provider's file.</param>
/// <param name="Sha256">Its SHA-256, lower-case hex.</param>
/// <param name="Bytes">Its size.</param>
internal sealed record Exhibit(IReadOnlyList<DocumentFile> Files, string Offer, string Data, string Sha256, long Bytes)
{
    private const string Example = "policies/examples/battery-cfp";
    private const string Footprint = "pact-v3-cathode-nmc811.json";
    private const string FootprintOffer = "nmc811-footprint-direct";
    private const string BulkOffer = "demo-bulk-direct";

    /// <summary>Lays the files out in the supplier's folder.</summary>
    public static async Task<Exhibit> LayOutAsync(string folder, long? size, CancellationToken cancel)
    {
        var source = Path.Combine(AppContext.BaseDirectory, Example);
        if (!Directory.Exists(source))
        {
            throw new Failure($"the example's files are not beside the program ({source})", "build or install it whole");
        }

        var offers = Path.Combine(folder, "offers");
        Directory.CreateDirectory(offers);
        foreach (var file in Directory.EnumerateFiles(source))
        {
            File.Copy(file, Path.Combine(offers, Path.GetFileName(file)));
        }

        return size is { } bytes ? await BulkAsync(offers, bytes, cancel) : await FootprintAsync(offers, cancel);
    }

    private static async Task<Exhibit> FootprintAsync(string offers, CancellationToken cancel)
    {
        var data = Path.Combine(offers, Footprint);
        return new Exhibit(DocumentFiles.Read([offers]), FootprintOffer, data, await HashAsync(data, cancel), new FileInfo(data).Length);
    }

    private static async Task<Exhibit> BulkAsync(string offers, long bytes, CancellationToken cancel)
    {
        var data = Path.Combine(offers, "bulk.bin");
        var free = new DriveInfo(offers).AvailableFreeSpace;
        if (free < 2 * bytes)
        {
            throw new Failure(
                string.Create(CultureInfo.InvariantCulture, $"there are {Rows.Size(free)} free in {Path.GetTempPath()}, and {Rows.Size(2 * bytes)} are needed"),
                "make room, or set TMPDIR to another folder");
        }

        var sha256 = await SyntheticDataset.WriteAsync(data, bytes, new Random(), cancel);
        await File.WriteAllTextAsync(Path.Combine(offers, "bulk.yaml"), Documents, cancel);
        return new Exhibit(DocumentFiles.Read([offers]), BulkOffer, data, Convert.ToHexStringLower(sha256), bytes);
    }

    /// <summary>SHA-256 of a file, lower-case hex; read as a stream.</summary>
    public static async Task<string> HashAsync(string path, CancellationToken cancel)
    {
        await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 20, FileOptions.Asynchronous | FileOptions.SequentialScan);
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(file, cancel));
    }

    private const string Documents = """
        apiVersion: connector/v1
        kind: Dataset
        name: demo-bulk
        title: { en: Random bytes made for the demo, ja: デモ用の乱数データ }
        source: { file: ./bulk.bin }
        ---
        apiVersion: connector/v1
        kind: Offer
        name: demo-bulk-direct
        datasets: [ demo-bulk ]
        visibleTo: members-only
        terms: cfp-direct-customers
        accept: auto
        """;
}
