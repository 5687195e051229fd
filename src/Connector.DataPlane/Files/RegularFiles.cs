using Microsoft.Win32.SafeHandles;

namespace Connector.DataPlane.Files;

/// <summary>Opens files, and nothing else that bears a file's name: a pipe would block, a device never end.</summary>
internal static class RegularFiles
{
    /// <summary>Opens a file for reading from front to back.</summary>
    /// <exception cref="IOException">It is missing, or not a regular file.</exception>
    public static SafeFileHandle Open(string path)
    {
        if (OperatingSystem.IsLinux())
        {
            var real = File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path;
            if (Posix.At(real) is { IsRegularFile: false, IsFolder: false })
            {
                throw new IOException("not a regular file");
            }
        }

        return File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, FileOptions.SequentialScan);
    }
}
