using Connector.ControlPlane.Exchanges;
using Connector.DataPlane.Files;
using Connector.DataPlane.Manifests;

namespace Connector.DataPlane.Sinks;

/// <summary>The hidden folder of one transfer, held by one receiver at a time.</summary>
internal sealed class Partial : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private readonly Place _place;
    private readonly FileStream _lock;

    private Partial(Place place, FileStream held) => (_place, _lock) = (place, held);

    /// <summary>Opens or makes it; what it holds of another manifest is thrown away. Null when another receiver holds it.</summary>
    public static Partial? Open(Place place, Manifest manifest)
    {
        Directory.CreateDirectory(place.Parent);
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(place.Partial);
        }
        else
        {
            Directory.CreateDirectory(place.Partial, OwnerOnly);
        }

        FileStream held;
        try
        {
            held = new FileStream(place.Lock, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException) when (File.Exists(place.Lock))
        {
            return null;
        }

        var partial = new Partial(place, held);
        var digest = ManifestDigest.Of(manifest);
        if (!File.Exists(place.State) || File.ReadAllText(place.State) != digest)
        {
            partial.Clear();
            File.WriteAllText(place.State, digest);
        }

        if (ManifestRules.IsFolder(manifest))
        {
            Directory.CreateDirectory(place.Content);
        }

        return partial;
    }

    /// <summary>Whether somebody fills a partial's folder at this moment.</summary>
    public static bool IsHeld(string folder)
    {
        var path = Path.Combine(folder, Place.LockName);
        try
        {
            if (File.Exists(path))
            {
                new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None).Dispose();
            }

            return false;
        }
        catch (IOException)
        {
            return File.Exists(path);
        }
    }

    /// <summary>Makes the content durable, gives it the target's name and makes that durable. Never replaces anything but an empty folder.</summary>
    public void MoveIntoPlace(bool folder)
    {
        if (folder)
        {
            if (OperatingSystem.IsLinux())
            {
                Posix.SyncFileSystem(_place.Content);
            }

            if (Directory.Exists(_place.Target))
            {
                Directory.Delete(_place.Target, recursive: false);
            }

            Directory.Move(_place.Content, _place.Target);
        }
        else
        {
            File.Move(_place.Content, _place.Target, overwrite: false);
        }

        if (OperatingSystem.IsLinux())
        {
            Posix.SyncFolder(_place.Parent);
        }

        Directory.Delete(_place.Partial, recursive: true);
    }

    public void Dispose() => _lock.Dispose();

    private void Clear()
    {
        File.Delete(_place.State);
        if (Directory.Exists(_place.Content))
        {
            Directory.Delete(_place.Content, recursive: true);
        }
        else
        {
            File.Delete(_place.Content);
        }
    }
}
