using Connector.ControlPlane;
using Connector.ControlPlane.Exchanges;
using Connector.ControlPlane.Publications;
using Connector.DataPlane.Sinks;
using Connector.DataPlane.Sources;

namespace Connector.DataPlane.Tests;

/// <summary>A source and a sink in a folder of their own.</summary>
internal sealed class Exchange : IDisposable
{
    public const string TransferId = "urn:uuid:8f2f3a0e";

    public Exchange() => Sources = new DataSources(Folder["cache"], TimeProvider.System);

    public TemporaryFolder Folder { get; } = new();

    public DataSources Sources { get; }

    public DataSinks Sinks { get; init; } = new();

    public string Target => Folder["in/target"];

    public DataSource File(ReadOnlySpan<byte> content, string name = "source.bin") => new("file", Folder.Write("out/" + name, content));

    public DataSource Tree(params (string Path, byte[] Content)[] files)
    {
        Directory.CreateDirectory(Folder["out/tree"]);
        foreach (var (path, content) in files)
        {
            Folder.Write("out/tree/" + path, content);
        }

        return new DataSource("folder", Folder["out/tree"]);
    }

    public SourceStream Stream(DataSource source) => new(Sources, source);

    public ValueTask<Result<Received>> ReceiveAsync(IDataStream stream, string? target = null, IProgress<ExchangeProgress>? progress = null, CancellationToken cancel = default) =>
        Sinks.ReceiveAsync(TransferId, target ?? Target, stream, progress, cancel);

    /// <summary>Everything in the folder that the target lies in, hidden or not.</summary>
    public string[] Beside() => [.. Directory.EnumerateFileSystemEntries(Folder["in"]).Select(p => Path.GetFileName(p)!).Order(StringComparer.Ordinal)];

    /// <summary>Bytes that do not repeat, the same at each run.</summary>
    public static byte[] Bytes(int count, int seed = 1)
    {
        var bytes = new byte[count];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    public void Dispose()
    {
        Sources.Dispose();
        Folder.Dispose();
    }
}
