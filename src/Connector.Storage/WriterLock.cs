using Connector.ControlPlane.Stores;

namespace Connector.Storage;

/// <summary>
/// Held as long as a store is open for writing: the end of the evidence chain lives in the writer's memory, so a second writer must
/// not start. The operating system lets go of it when the process dies, however it dies.
/// </summary>
internal static class WriterLock
{
    private const int LinuxWouldBlock = 11;
    private const int MacWouldBlock = 35;
    private const int WindowsSharing = unchecked((int)0x80070020);

    /// <param name="path">The database file; the lock is the file beside it, with <c>.lock</c> after its name. Its folder is made if there is none.</param>
    /// <exception cref="StoreException">Another process holds it, or the folder cannot be written.</exception>
    public static IDisposable Take(string path)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path)) ?? "/");
            return new FileStream(path + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
        }
        catch (IOException e) when (e.HResult is LinuxWouldBlock or MacWouldBlock or WindowsSharing)
        {
            throw new StoreException($"{path} is in use by another connector; stop that one, or name another file in store.sqlite", e);
        }
        catch (Exception e) when (e is UnauthorizedAccessException or IOException)
        {
            throw SqliteFaults.Explain(path, e);
        }
    }
}
