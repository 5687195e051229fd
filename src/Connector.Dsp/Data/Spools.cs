using System.Security.Cryptography;
using System.Text;
using Connector.ControlPlane.Exchanges;

namespace Connector.Dsp.Data;

/// <summary>All spools there are, one folder each.</summary>
internal sealed class Spools(HttpDataOptions options) : IUnfinished
{
    /// <summary>Holds the id of the spool's transfer.</summary>
    public const string IdFile = "transfer";

    // The id comes from outside: hashed, it can name nothing but this.
    public static string FolderOf(HttpDataOptions options, string transferId) =>
        Path.Combine(options.SpoolFolder, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(transferId)).AsSpan(0, 16)));

    public IEnumerable<string> Transfers() => !Directory.Exists(options.SpoolFolder)
        ? []
        : Directory.EnumerateDirectories(options.SpoolFolder).Select(f => Path.Combine(f, IdFile)).Where(File.Exists).Select(File.ReadAllText);

    // Whoever still writes into it writes into nothing, and finds that out when it wants to read.
    public bool Discard(string transferId)
    {
        if (FolderOf(options, transferId) is var folder && Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }

        return true;
    }
}
