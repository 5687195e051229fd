using System.Buffers.Text;
using System.Security.Cryptography;

namespace Connector.Cli.Local.Init;

/// <summary>Lays out the folder of a new connector. What is secret is readable by its owner alone.</summary>
internal static class ConnectorFolder
{
    public const string Configuration = "connector.yaml";
    public const string Peer = "peer.yaml";
    public const string Token = "operator.token";
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode OwnersFolder = OwnerOnly | UnixFileMode.UserExecute;

    /// <summary>Whether the folder holds a connector already.</summary>
    public static bool Exists(string folder) => File.Exists(Path.Combine(folder, Configuration));

    /// <exception cref="Failure">The folder is there and not empty.</exception>
    public static void Make(NewConnector made, TimeProvider time)
    {
        if (File.Exists(made.Folder) || (Directory.Exists(made.Folder) && Directory.EnumerateFileSystemEntries(made.Folder).Any()))
        {
            throw new Failure(
                $"{made.Folder} is not empty, and nothing in it was touched",
                "give another folder, or move away what is there; to renew the keys of a connector, replace its folder keys/ alone");
        }

        Directory.CreateDirectory(made.Folder);
        foreach (var folder in (string[])["keys", "data"])
        {
            MakeFolder(Path.Combine(made.Folder, folder));
        }

        var (publicKey, pin) = OwnKeys.Make(Path.Combine(made.Folder, "keys"), made, time);
        Write(made, Token, Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32)) + "\n", secret: true);
        Write(made, Configuration, ConfigurationTemplate.Of(made), secret: false);
        Write(made, Peer, new PeerDocument(made.Participant, made.Address, [publicKey], pin).Text(), secret: false);
    }

    private static void MakeFolder(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
        }
        else
        {
            Directory.CreateDirectory(path, OwnersFolder);
        }
    }

    private static void Write(NewConnector made, string name, string text, bool secret)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (secret && !OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnly;
        }

        using var writer = new StreamWriter(Path.Combine(made.Folder, name), options);
        writer.Write(text);
    }
}
