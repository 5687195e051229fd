namespace Connector.ControlPlane.Exchanges;

/// <summary>Opens (or, after a break, opens again) the stream of a dataset at the other side.</summary>
public interface IDataStream
{
    /// <summary>The sender's manifest. Comes before any bytes.</summary>
    ValueTask<Result<Manifest>> DescribeAsync(CancellationToken cancel);

    /// <summary>The bytes from a point on. A broken connection or a refusal ends it with <see cref="ExchangeBrokenException"/>.</summary>
    IAsyncEnumerable<Piece> ReadAsync(ResumePoint from, CancellationToken cancel);
}

/// <summary>Why a stream ended early. The refusal's kind says whether trying again makes sense.</summary>
public sealed class ExchangeBrokenException(Refusal refusal) : Exception(refusal.ToString())
{
    public Refusal Refusal { get; } = refusal;
}

/// <summary>Writes data that this connector receives.</summary>
public interface IDataSinks
{
    /// <summary>
    /// Receives a dataset: writes beside the target under a temporary name, checks the whole (and after a break each chunk that is there), then moves into place.
    /// Called again for the same transfer it goes on from the last whole chunk. Nothing half-written ever bears the target's name.
    /// </summary>
    /// <param name="transferId">Names the partial files, so that a later call finds them.</param>
    /// <param name="target">Absolute path: a file for a one-file dataset (or an existing folder, or a path ending in '/', to put it in under its own name), a folder for a folder.</param>
    ValueTask<Result<Received>> ReceiveAsync(string transferId, string target, IDataStream stream, IProgress<ExchangeProgress>? progress, CancellationToken cancel);

    /// <summary>Removes what arrived of a transfer that will not go on and was not signed for: partial files, and what was moved into place since, unless it was changed there.</summary>
    void Discard(string transferId, string target);
}

/// <summary>What arrived.</summary>
/// <param name="Manifest">The manifest, whose hashes fit the bytes received.</param>
/// <param name="Location">Absolute path of the file or folder.</param>
public sealed record Received(Manifest Manifest, string Location);

/// <summary>How far an exchange is.</summary>
public readonly record struct ExchangeProgress(long Bytes, long Total);
