using System.Security.Cryptography;
using System.Text;
using Connector.DataPlane.Files;

namespace Connector.DataPlane.Sinks;

/// <summary>
/// Remembers over restarts which transfers have something on this machine that is not signed for yet. A small file each: the transfer's id in its first
/// line, the target that partial files lie beside in the rest; and another once something of it was moved into place: its stamp, and where it is.
/// </summary>
/// <param name="folder">Made when needed; null remembers nothing.</param>
internal sealed class PartialLedger(string? folder)
{
    private const string PlacedSuffix = ".placed";
    private const string ComingSuffix = ".new";

    public void Enter(string transferId, string target) => Write(transferId, "", $"{transferId}\n{target}", durable: false);

    /// <summary>What is to be moved to a location, ahead of the move.</summary>
    public void Place(string transferId, string location, string stamp) => Write(transferId, PlacedSuffix, $"{stamp}\n{location}", durable: true);

    public void Strike(string transferId)
    {
        if (folder is not null && Directory.Exists(folder))
        {
            File.Delete(NameOf(transferId) + PlacedSuffix);
            File.Delete(NameOf(transferId));
        }
    }

    public IEnumerable<string> Transfers() =>
        folder is null || !Directory.Exists(folder) ? [] : Directory.EnumerateFiles(folder).Where(file => Path.GetExtension(file).Length == 0).Select(Read).OfType<string[]>().Select(lines => lines[0]);

    public string? TargetOf(string transferId) => folder is null ? null : Read(NameOf(transferId))?[1];

    /// <summary>Where something was moved to, or was about to be, and its stamp before that; null when nothing was.</summary>
    public (string Location, string Stamp)? PlacedOf(string transferId) =>
        folder is not null && Read(NameOf(transferId) + PlacedSuffix) is [var stamp, var location] ? (location, stamp) : null;

    // Whenever it is read, under its name there is the whole or nothing.
    private void Write(string transferId, string suffix, string text, bool durable)
    {
        if (folder is null)
        {
            return;
        }

        Directory.CreateDirectory(folder);
        var name = NameOf(transferId) + suffix;
        using (var coming = new FileStream(name + ComingSuffix, FileMode.Create, FileAccess.Write, FileShare.None, 0))
        {
            coming.Write(Encoding.UTF8.GetBytes(text));
            coming.Flush(durable);
        }

        File.Move(name + ComingSuffix, name, overwrite: true);
        if (durable && OperatingSystem.IsLinux())
        {
            Posix.SyncFolder(folder);
        }
    }

    private static string[]? Read(string file)
    {
        try
        {
            return File.ReadAllText(file).Split('\n', 2) is [_, _] lines ? lines : null;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    // The id comes from outside: hashed, it can name nothing but this.
    private string NameOf(string transferId) => Path.Combine(folder!, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(transferId)).AsSpan(0, 16)));
}
