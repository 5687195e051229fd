using System.Runtime.CompilerServices;
using Connector.ControlPlane.Publications;

namespace Connector.ControlPlane.Exchanges;

/// <summary>The bytes of a source, for whoever sends them on.</summary>
internal static class SourcePieces
{
    /// <summary>A source that changed since its manifest was made cannot be delivered as announced; described anew it can.</summary>
    public static Refusal Changed { get; } = new(RefusalKind.Unavailable, "source-changed", "the dataset is no longer the one of its manifest", null, "ask for the manifest again, and go on from there");

    /// <exception cref="ExchangeBrokenException">The source changed, or can no longer be read.</exception>
    public static async IAsyncEnumerable<Piece> Of(IDataSources sources, DataSource source, Manifest manifest, ResumePoint from, [EnumeratorCancellation] CancellationToken cancel)
    {
        await using var pieces = sources.ReadAsync(source, manifest, from, cancel).GetAsyncEnumerator(cancel);
        while (await NextAsync(pieces))
        {
            yield return pieces.Current;
        }
    }

    // What the exception says may name paths of this machine.
    private static async ValueTask<bool> NextAsync(IAsyncEnumerator<Piece> pieces)
    {
        try
        {
            return await pieces.MoveNextAsync();
        }
        catch (IOException)
        {
            throw new ExchangeBrokenException(Changed);
        }
    }
}
