using Connector.DataPlane.Files;
using Microsoft.Win32.SafeHandles;

namespace Connector.DataPlane.Sinks;

/// <summary>
/// Writes a large file past the system's cache where that can be done: each byte is copied once less, and a dataset larger than the
/// memory does not push out what others keep there. Small files stay in the cache, where whoever reads them next finds them.
/// </summary>
internal sealed class UncachedWrites(SafeFileHandle handle, long size)
{
    private const long SmallestPastCache = 64 * 1024 * 1024;

    private bool _possible = OperatingSystem.IsLinux() && size >= SmallestPastCache;
    private bool _on;

    public void Write(ReadOnlySpan<byte> bytes, long offset)
    {
        Turn(_possible && (offset | (long)bytes.Length) % Block.Alignment == 0);
        try
        {
            RandomAccess.Write(handle, bytes, offset);
        }
        catch (IOException) when (_on)
        {
            // The file system takes the flag and not the write, or something is wrong that the plain write tells too.
            _possible = false;
            Turn(false);
            RandomAccess.Write(handle, bytes, offset);
        }
    }

    /// <summary>Reads of any shape are allowed again.</summary>
    public void End() => Turn(false);

    private void Turn(bool on)
    {
        if (on != _on)
        {
            _on = Posix.TryPastCache(handle, on) ? on : _on;
            _possible &= on == _on;
        }
    }
}
