using Microsoft.Win32.SafeHandles;

namespace Connector.DataPlane.Files;

/// <summary>Tells one state of a file from another without reading it.</summary>
/// <param name="Size">Bytes.</param>
/// <param name="Modified">Time of the last change, nanoseconds since 1970.</param>
/// <param name="Device">The device it is on; 0 where that is not known.</param>
/// <param name="Inode">Its number there; 0 where that is not known.</param>
internal readonly record struct FileStamp(long Size, long Modified, long Device, ulong Inode)
{
    private const long TicksAtEpoch = 621_355_968_000_000_000;

    public static FileStamp Of(SafeFileHandle handle)
    {
        if (!OperatingSystem.IsLinux())
        {
            return new FileStamp(RandomAccess.GetLength(handle), (File.GetLastWriteTimeUtc(handle).Ticks - TicksAtEpoch) * 100, 0, 0);
        }

        var stat = Posix.Of(handle);
        return new FileStamp(
            (long)stat.Size,
            (stat.ModifiedSeconds * 1_000_000_000) + stat.ModifiedNanoseconds,
            ((long)stat.DeviceMajor << 32) | stat.DeviceMinor,
            stat.Inode);
    }
}
