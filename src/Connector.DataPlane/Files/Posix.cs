using System.ComponentModel;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Connector.DataPlane.Files;

/// <summary>The few Linux calls that the class library does not offer.</summary>
internal static class Posix
{
    private const int CurrentFolder = -100;
    private const int NoFollow = 0x100;
    private const int EmptyPath = 0x1000;
    private const uint BasicStats = 0x7ff;
    private const int CloseOnExec = 0x80000;
    private const int GetFlags = 3;
    private const int SetFlags = 4;
    private static readonly int s_direct = RuntimeInformation.ProcessArchitecture is Architecture.X64 or Architecture.X86 ? 0x4000 : 0x10000;

    /// <summary>What lies at a path, links not followed; null when nothing does.</summary>
    public static Stat? At(string path) => statx(CurrentFolder, Bytes(path), NoFollow, BasicStats, out var stat) == 0 ? stat : null;

    /// <summary>What an open file is at this moment.</summary>
    public static Stat Of(SafeFileHandle handle) =>
        statx((int)handle.DangerousGetHandle(), [0], EmptyPath, BasicStats, out var stat) == 0 ? stat : throw new IOException("the state of an open file cannot be read", new Win32Exception());

    /// <summary>Makes a folder's entries durable.</summary>
    public static void SyncFolder(string path) => WithFolder(path, fsync);

    /// <summary>Makes all durable that was written to the file system a folder is on: one wait instead of one a file.</summary>
    public static void SyncFileSystem(string path) => WithFolder(path, syncfs);

    /// <summary>Has writes to an open file go past the system's cache, or through it again (O_DIRECT, open(2)).</summary>
    /// <returns>False where the file system cannot do it.</returns>
    public static bool TryPastCache(SafeFileHandle handle, bool on)
    {
        var file = (int)handle.DangerousGetHandle();
        var flags = fcntl(file, GetFlags, 0);
        return flags >= 0 && fcntl(file, SetFlags, on ? flags | s_direct : flags & ~s_direct) == 0;
    }

    private static void WithFolder(string path, Func<int, int> call)
    {
        var folder = open(Bytes(path), CloseOnExec);
        if (folder < 0)
        {
            throw new IOException($"the folder {path} cannot be opened", new Win32Exception());
        }

        try
        {
            if (call(folder) != 0)
            {
                throw new IOException($"the folder {path} cannot be made durable", new Win32Exception());
            }
        }
        finally
        {
            _ = close(folder);
        }
    }

    private static byte[] Bytes(string path) => Encoding.UTF8.GetBytes(path + '\0');

#pragma warning disable SYSLIB1054, CA5392, IDE1006 // All arguments are blittable: nothing to generate.
    [DllImport("libc", SetLastError = true)]
    private static extern int statx(int folder, byte[] path, int flags, uint mask, out Stat stat);

    [DllImport("libc", SetLastError = true)]
    private static extern int open(byte[] path, int flags);

    [DllImport("libc", SetLastError = true)]
    private static extern int fsync(int file);

    [DllImport("libc", SetLastError = true)]
    private static extern int syncfs(int file);

    [DllImport("libc", SetLastError = true)]
    private static extern int close(int file);

    [DllImport("libc", SetLastError = true)]
    private static extern int fcntl(int file, int command, int argument);
#pragma warning restore SYSLIB1054, CA5392, IDE1006

    /// <summary>The part of <c>struct statx</c> (statx(2); the same on every architecture) that is of use here.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 256)]
    public readonly struct Stat
    {
        [FieldOffset(28)] public readonly ushort Mode;
        [FieldOffset(32)] public readonly ulong Inode;
        [FieldOffset(40)] public readonly ulong Size;
        [FieldOffset(112)] public readonly long ModifiedSeconds;
        [FieldOffset(120)] public readonly uint ModifiedNanoseconds;
        [FieldOffset(136)] public readonly uint DeviceMajor;
        [FieldOffset(140)] public readonly uint DeviceMinor;

        public bool IsRegularFile => (Mode & 0xf000) == 0x8000;

        public bool IsFolder => (Mode & 0xf000) == 0x4000;
    }
}
