using Connector.ControlPlane.Exchanges;
using Connector.Dsp.Data;

namespace Connector.Dsp.Sources;

/// <summary>The two snapshots of one source, and a third place that the next one comes into.</summary>
/// <param name="path">What their files are called, up to a number.</param>
internal sealed class SnapshotShelf(string path)
{
    private Snapshot? _last;

    /// <summary>Held by whoever changes what is here.</summary>
    public SemaphoreSlim Turn { get; } = new(1);

    public Snapshot? Newest { get; private set; }

    /// <summary>The place that neither of the two is in. Nothing is there, though whoever reads what was may go on.</summary>
    public string Free()
    {
        PrivateFolder.Make(Path.GetDirectoryName(path)!);
        var free = Places().First(p => p != Newest?.File.Location && p != _last?.File.Location);
        File.Delete(free);
        return free;
    }

    public void Put(Snapshot snapshot)
    {
        if (Newest is { } before && before.File != snapshot.File)
        {
            _last = before;
        }

        Newest = snapshot;
    }

    public Snapshot? Find(Manifest manifest) =>
        new[] { Newest, _last }.FirstOrDefault(s => s is not null && s.Manifest.Files[0].Sha256.Span.SequenceEqual(manifest.Files[0].Sha256.Span));

    public void Clear()
    {
        (Newest, _last) = (null, null);
        foreach (var place in Places())
        {
            File.Delete(place);
        }
    }

    private IEnumerable<string> Places() => Enumerable.Range(0, 3).Select(i => $"{path}.{i}");
}
