using Connector.ControlPlane;
using Connector.ControlPlane.Exchanges;
using Connector.DataPlane.Manifests;

namespace Connector.DataPlane.Sinks;

/// <summary>Receives into files and folders of this machine.</summary>
/// <param name="freeSpace">Bytes that are free where an existing folder lies; null asks the file system.</param>
/// <param name="ledgerFolder">Where it is remembered which transfers have something that is not signed for yet; made when needed. Null remembers nothing.</param>
public sealed class DataSinks(Func<string, long>? freeSpace = null, string? ledgerFolder = null) : IDataSinks, IUnfinished
{
    private readonly PartialLedger _ledger = new(ledgerFolder);
    private readonly Func<string, long> _freeSpace = freeSpace ?? (folder => new DriveInfo(folder).AvailableFreeSpace);

    /// <inheritdoc/>
    /// <remarks>
    /// A refusal of kind <see cref="RefusalKind.Unavailable"/> keeps what arrived: call again. Others are for good; <see cref="Discard(string, string)"/> then removes what arrived.
    /// </remarks>
    public async ValueTask<Result<Received>> ReceiveAsync(string transferId, string target, IDataStream stream, IProgress<ExchangeProgress>? progress, CancellationToken cancel)
    {
        if (!Path.IsPathFullyQualified(target) || target.Contains('\0', StringComparison.Ordinal))
        {
            return SinkRefusals.TargetNotAbsolute;
        }

        Result<Manifest> described;
        try
        {
            described = await stream.DescribeAsync(cancel);
        }
        catch (ExchangeBrokenException e)
        {
            return e.Refusal;
        }

        if (!described.Try(out var manifest, out var refusal))
        {
            return refusal;
        }

        if (ManifestRules.Check(manifest) is { } fault)
        {
            return fault;
        }

        try
        {
            _ledger.Enter(transferId, target);
            return await ReceiveAsync(transferId, Place.Of(transferId, target, manifest), manifest, stream, progress, cancel);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return SinkRefusals.Unwritable(e);
        }
    }

    /// <inheritdoc/>
    public void Discard(string transferId, string target)
    {
        foreach (var partial in Place.Partials(transferId, target).Where(Directory.Exists))
        {
            Directory.Delete(partial, recursive: true);
        }

        if (_ledger.PlacedOf(transferId) is { } placed)
        {
            Placed.Remove(placed.Location, placed.Stamp);
        }

        _ledger.Strike(transferId);
    }

    /// <inheritdoc/>
    public IEnumerable<string> Transfers() => _ledger.Transfers();

    /// <inheritdoc/>
    public void Keep(string transferId) => _ledger.Strike(transferId);

    /// <inheritdoc/>
    public bool Discard(string transferId)
    {
        if (_ledger.TargetOf(transferId) is not { } target)
        {
            return true;
        }

        if (Place.Partials(transferId, target).Any(Partial.IsHeld))
        {
            return false;
        }

        Discard(transferId, target);
        return true;
    }

    private async ValueTask<Result<Received>> ReceiveAsync(string transferId, Place place, Manifest manifest, IDataStream stream, IProgress<ExchangeProgress>? progress, CancellationToken cancel)
    {
        var folder = ManifestRules.IsFolder(manifest);
        switch (await Task.Run(() => TargetRules.Look(place.Target, manifest, folder, cancel), cancel))
        {
            case Existing.Same:
                RemoveLeftover(place);
                return new Received(manifest, place.Target);
            case Existing.Other:
                return SinkRefusals.TargetExists(place.Target);
            default:
                break;
        }

        using var partial = Partial.Open(place, manifest);
        if (partial is null)
        {
            return SinkRefusals.Busy;
        }

        using (var writer = new ContentWriter(place.Content, manifest, folder))
        {
            if (await Task.Run(() => writer.Resume(cancel), cancel) is { } refusal)
            {
                return refusal;
            }

            var (needed, free) = (manifest.Size - writer.Written, _freeSpace(place.Partial));
            if (needed > free)
            {
                return SinkRefusals.DiskFull(needed, free);
            }

            if (!writer.Complete && await RunAsync(place, writer, manifest, stream, progress, cancel) is { } stopped)
            {
                return stopped;
            }
        }

        if (TargetRules.Look(place.Target, manifest, folder, cancel) is Existing.Other)
        {
            return SinkRefusals.TargetExists(place.Target);
        }

        if (Placed.Stamp(place.Content) is { } stamp)
        {
            _ledger.Place(transferId, place.Target, stamp);
        }

        partial.MoveIntoPlace(folder);
        return new Received(manifest, place.Target);
    }

    private async ValueTask<Refusal?> RunAsync(Place place, ContentWriter writer, Manifest manifest, IDataStream stream, IProgress<ExchangeProgress>? progress, CancellationToken cancel)
    {
        try
        {
            return await new ReceivePipeline(writer, manifest, progress).RunAsync(stream, cancel);
        }
        catch (IOException) when (_freeSpace(place.Partial) is var free && free < Math.Min(manifest.Size - writer.Written, 1024 * 1024))
        {
            return SinkRefusals.DiskFull(manifest.Size - writer.Written, free);
        }
    }

    /// <summary>A crash between the move into place and the cleaning up leaves the partial's shell behind.</summary>
    private static void RemoveLeftover(Place place)
    {
        if (Directory.Exists(place.Partial))
        {
            Directory.Delete(place.Partial, recursive: true);
        }
    }
}
