using System.Security.Cryptography;
using System.Text;

namespace Connector.DataPlane.Sinks;

/// <summary>Remembers over restarts which transfers have partial files, and beside which target: one small file each, the transfer's id in its first line, the target in the rest.</summary>
/// <param name="folder">Made when needed; null remembers nothing.</param>
internal sealed class PartialLedger(string? folder)
{
    public void Enter(string transferId, string target)
    {
        if (folder is not null)
        {
            Directory.CreateDirectory(folder);
            File.WriteAllText(NameOf(transferId), $"{transferId}\n{target}");
        }
    }

    public void Strike(string transferId)
    {
        if (folder is not null && Directory.Exists(folder))
        {
            File.Delete(NameOf(transferId));
        }
    }

    public IEnumerable<string> Transfers() =>
        folder is null || !Directory.Exists(folder) ? [] : Directory.EnumerateFiles(folder).Select(file => File.ReadAllText(file).Split('\n')[0]);

    public string? TargetOf(string transferId) =>
        folder is not null && File.Exists(NameOf(transferId)) && File.ReadAllText(NameOf(transferId)).Split('\n', 2) is [_, var target] ? target : null;

    // The id comes from outside: hashed, it can name nothing but this.
    private string NameOf(string transferId) => Path.Combine(folder!, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(transferId)).AsSpan(0, 16)));
}
