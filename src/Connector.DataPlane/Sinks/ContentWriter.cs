using Connector.ControlPlane;
using Connector.ControlPlane.Exchanges;

namespace Connector.DataPlane.Sinks;

/// <summary>Writes a dataset's files in the manifest's order, and checks each as it ends.</summary>
internal sealed class ContentWriter(string content, Manifest manifest, bool folder) : IDisposable
{
    private GrowingFile? _growing;
    private int _file;

    /// <summary>Bytes of the dataset that are written.</summary>
    public long Written { get; private set; }

    /// <summary>The next whole chunk that is wanted.</summary>
    public ResumePoint Point => new(_file, _growing is null ? 0 : (int)(_growing.Length / manifest.Files[_file].ChunkSize));

    public bool Complete => _file == manifest.Files.Length;

    /// <summary>Checks what an earlier call left, keeps its good chunks and goes on behind the last of them.</summary>
    public Refusal? Resume(CancellationToken cancel)
    {
        while (!Complete && File.Exists(PathOf(manifest.Files[_file])))
        {
            Open(FileMode.Open).Resume(cancel);
            Written += _growing!.Length;
            if (!_growing.Complete)
            {
                return null;
            }

            if (Finish(cancel) is { } refusal)
            {
                return refusal;
            }
        }

        return Advance(cancel);
    }

    /// <summary>Takes the next bytes, all of one file; they belong where <see cref="Written"/> is.</summary>
    public Refusal? Append(ReadOnlySpan<byte> bytes, CancellationToken cancel)
    {
        _growing!.Append(bytes);
        Written += bytes.Length;
        return _growing.Complete ? Finish(cancel) ?? Advance(cancel) : null;
    }

    public void Dispose() => _growing?.Dispose();

    /// <summary>Makes the files of no bytes that come next, and opens the first that has some.</summary>
    private Refusal? Advance(CancellationToken cancel)
    {
        while (!Complete)
        {
            if (!Open(FileMode.Create).Complete)
            {
                return null;
            }

            if (Finish(cancel) is { } refusal)
            {
                return refusal;
            }
        }

        return null;
    }

    private GrowingFile Open(FileMode mode)
    {
        var path = PathOf(manifest.Files[_file]);
        if (folder)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        }

        return _growing = new GrowingFile(path, manifest.Files[_file], mode);
    }

    // A folder is made durable as a whole, before it is moved into place.
    private Refusal? Finish(CancellationToken cancel)
    {
        using (_growing)
        {
            if (_growing!.Finish(durable: !folder, cancel) is { } refusal)
            {
                return refusal;
            }
        }

        _growing = null;
        _file++;
        return null;
    }

    private string PathOf(ManifestFile file) => folder ? Path.Combine(content, file.Path) : content;
}
