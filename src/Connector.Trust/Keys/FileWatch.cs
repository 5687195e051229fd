namespace Connector.Trust.Keys;

/// <summary>
/// Tells when files changed, by looking at their names, sizes, times and modes at most once per period, when somebody asks. File events
/// are not used: they do not come on mounted secrets, whose folder is switched by a link. So it is the file behind a link that is looked at.
/// </summary>
internal sealed class FileWatch(Func<IEnumerable<string>> files, TimeProvider time, TimeSpan period)
{
    private long _lookedAt = time.GetTimestamp();
    private string _stamp = Stamp(files());

    /// <summary>Whether the files differ from when this last said so; true for one caller only.</summary>
    public bool Changed()
    {
        var before = Volatile.Read(ref _lookedAt);
        if (time.GetElapsedTime(before) < period || Interlocked.CompareExchange(ref _lookedAt, time.GetTimestamp(), before) != before)
            return false;
        var now = Stamp(files());
        return Interlocked.Exchange(ref _stamp, now) != now;
    }

    private static string Stamp(IEnumerable<string> paths)
    {
        try
        {
            return string.Join('\n', paths.Select(static path =>
            {
                var file = new FileInfo(path) is { LinkTarget: not null } link ? link.ResolveLinkTarget(returnFinalTarget: true) : new FileInfo(path);
                return file is FileInfo { Exists: true } found ? $"{path} {found.Length} {found.LastWriteTimeUtc.Ticks} {found.UnixFileMode}" : $"{path} missing";
            }));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return "unreadable";
        }
    }
}
