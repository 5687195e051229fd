using System.Text;

namespace Connector.Trust.Keys;

/// <summary>Files that hold private keys and other secrets: made with mode 0600, and not read when others may read them.</summary>
public static class SecretFile
{
    private const long MaximumLength = 64 * 1024;
    private const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode Others =
        UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute |
        UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    /// <summary>Reads a secret text file of at most 64 KiB.</summary>
    /// <exception cref="TrustException">Missing, unreadable, too large, or readable by others.</exception>
    public static string Read(string path)
    {
        try
        {
            if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & Others) != UnixFileMode.None)
                throw new TrustException($"{path}: others than its owner may read or change this secret; run `chmod 600 {path}`, and replace it if it may have been seen");
            if (new FileInfo(path).Length > MaximumLength)
                throw new TrustException($"{path}: larger than {MaximumLength} bytes, so no secret that is read here");
            return File.ReadAllText(path);
        }
        catch (Exception fault) when (fault is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new TrustException($"{path}: no such file; keys are made with `connector init`", fault);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new TrustException($"{path}: cannot be read: {fault.Message}", fault);
        }
    }

    /// <summary>Writes a new secret file; it is whole or absent, never half-written, and never readable by others.</summary>
    /// <exception cref="TrustException">There is such a file already, or it cannot be written.</exception>
    public static void Write(string path, string text)
    {
        var draft = path + ".new";
        try
        {
            var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
                options.UnixCreateMode = Owner;
            using (var file = new FileStream(draft, options))
            {
                file.Write(Encoding.ASCII.GetBytes(text));
                file.Flush(flushToDisk: true);
            }

            File.Move(draft, path, overwrite: false);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            if (File.Exists(draft))
                File.Delete(draft);
            throw new TrustException(File.Exists(path) ? $"{path}: exists already; a key is never overwritten" : $"{path}: cannot be written: {fault.Message}", fault);
        }
    }
}
