using System.Buffers;
using Connector.ControlPlane;
using Connector.ControlPlane.Exchanges;
using Connector.ControlPlane.Publications;

namespace Connector.Dsp.Data;

/// <summary>
/// A file of this connector's own that a dataset without a manifest grows in, until its length and hashes are known. It stays over breaks and restarts,
/// beside the entity tag that tells whether the rest still belongs to it.
/// </summary>
internal sealed class Spool(HttpDataOptions options, IDataSources sources, string transferId)
{
    private const int BlockSize = 128 * 1024;

    private readonly string _folder = Spools.FolderOf(options, transferId);

    public long Length => File.Exists(Content) ? new FileInfo(Content).Length : 0;

    private string Content => Path.Combine(_folder, "content");

    private string Tag => Path.Combine(_folder, "etag");

    private DataSource Source => new("file", Content);

    /// <summary>What arrives, or is announced, is longer than is taken.</summary>
    public Refusal TooLarge => new(RefusalKind.Exhausted, "too-large", $"the dataset is longer than {options.MaxSpooledBytes} bytes", null, "have it provided by a connector that sends a manifest");

    /// <summary>The strong entity tag that its bytes are of; null when they cannot be gone on with.</summary>
    public string? ETag => File.Exists(Tag) && File.Exists(Content) ? File.ReadAllText(Tag) : null;

    /// <summary>Throws away what is there; the next bytes are of this tag.</summary>
    public void Begin(string? etag)
    {
        PrivateFolder.Make(_folder);
        File.WriteAllText(Path.Combine(_folder, Spools.IdFile), transferId);
        File.Delete(Tag);
        File.WriteAllBytes(Content, []);
        if (etag is not null)
        {
            File.WriteAllText(Tag, etag);
        }
    }

    /// <summary>Appends all that is read to its end.</summary>
    /// <param name="read">Reads the next bytes; 0 at the end.</param>
    /// <param name="came">Called at each piece that arrives.</param>
    /// <exception cref="ExchangeBrokenException">It is longer than is taken.</exception>
    /// <exception cref="IOException">The stream broke off, or the disk failed.</exception>
    public async ValueTask AppendAsync(Func<Memory<byte>, CancellationToken, ValueTask<int>> read, Action came, CancellationToken cancel)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BlockSize);
        try
        {
            // Nobody else meanwhile: two pushes of one transfer must not mix.
            await using var to = new FileStream(Content, FileMode.Append, FileAccess.Write, FileShare.None, 0);
            for (int length; (length = await read(buffer, cancel)) > 0;)
            {
                came();
                if (to.Position + length > options.MaxSpooledBytes)
                {
                    throw new ExchangeBrokenException(TooLarge);
                }

                await WriteAsync(to, buffer.AsMemory(0, length), cancel);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static async ValueTask WriteAsync(FileStream to, ReadOnlyMemory<byte> bytes, CancellationToken cancel)
    {
        try
        {
            await to.WriteAsync(bytes, cancel);
        }
        catch (IOException e)
        {
            throw new ExchangeBrokenException(new Refusal(RefusalKind.Exhausted, "disk-full", $"what arrives cannot be kept until it is whole: {e.Message}", null, "free space where the receiver's cache lies, and request the transfer again"));
        }
    }

    /// <summary>The manifest of what arrived.</summary>
    /// <param name="sha256">What the sender said the hash is; null when it did not.</param>
    public async ValueTask<Result<Manifest>> DescribeAsync(string name, string contentType, byte[]? sha256, CancellationToken cancel)
    {
        if (!(await sources.DescribeAsync(Source, contentType, cancel)).Try(out var manifest, out var refusal))
        {
            return refusal;
        }

        var file = manifest.Files[0];
        if (sha256 is not null && !file.Sha256.Span.SequenceEqual(sha256))
        {
            Delete();
            return new Refusal(RefusalKind.Forbidden, "digest-mismatch", "the bytes are not those of the digest that was sent with them", Digests.Repr, "send the digest of the whole as it is sent");
        }

        return manifest with { Files = [file with { Path = name }] };
    }

    public IAsyncEnumerable<Piece> ReadAsync(Manifest manifest, ResumePoint from, CancellationToken cancel) => sources.ReadAsync(Source, manifest, from, cancel);

    public void Delete()
    {
        if (Directory.Exists(_folder))
        {
            Directory.Delete(_folder, recursive: true);
        }
    }
}
