using Connector.ControlPlane.Publications;

namespace Connector.ControlPlane.Exchanges;

/// <summary>Reads the datasets that this connector provides.</summary>
public interface IDataSources
{
    /// <summary>Whether a source can be provided, as far as can be told when its dataset is published; null, or why not, in words for the operator.</summary>
    async ValueTask<Refusal?> CheckAsync(DataSource source, string? contentType, CancellationToken cancel) => (await DescribeAsync(source, contentType, cancel)).Refusal;

    /// <summary>The manifest of a source; computed once and kept until the source changes (size, time of change).</summary>
    ValueTask<Result<Manifest>> DescribeAsync(DataSource source, string? contentType, CancellationToken cancel);

    /// <summary>The bytes from a point on. Memory use does not depend on the size; a file that changed since its manifest ends the stream with an exception of type <see cref="IOException"/>.</summary>
    IAsyncEnumerable<Piece> ReadAsync(DataSource source, Manifest manifest, ResumePoint from, CancellationToken cancel);

    /// <summary>Lets go of what is kept of sources that are no longer published.</summary>
    void LetGo()
    {
    }
}
