using Microsoft.Extensions.Logging;

namespace Connector.Dsp;

/// <summary>All log texts of this room. Event ids 6000–6999. Never a token or what a message says.</summary>
internal static partial class Log
{
    [LoggerMessage(6000, LogLevel.Information, "{Method} {Path} by {Caller} is refused: {Code}: {Reason}")]
    public static partial void CallRefused(ILogger logger, string method, string path, string caller, string code, string reason);

    [LoggerMessage(6001, LogLevel.Error, "{Method} {Path} by {Caller} met an internal fault; the caller was told {RequestId}")]
    public static partial void CallFaulted(ILogger logger, Exception exception, string method, string path, string caller, string requestId);

    [LoggerMessage(6002, LogLevel.Warning, "{Method} {Path} from {Remote} is not let in: {Code}: {Reason}")]
    public static partial void NotLetIn(ILogger logger, string method, string path, string remote, string code, string reason);

    [LoggerMessage(6003, LogLevel.Error, "{Method} {Path} by {Caller} could not be done: {Reason}")]
    public static partial void StoreFailed(ILogger logger, string method, string path, string caller, string reason);

    [LoggerMessage(6100, LogLevel.Information, "{Method} of the data of transfer {Pid} from {Remote} is refused: {Code}: {Reason}")]
    public static partial void DataRefused(ILogger logger, string method, string pid, string remote, string code, string reason);

    [LoggerMessage(6101, LogLevel.Warning, "The data of transfer {Pid} to {Remote} is cut off: {Code}: {Reason}")]
    public static partial void DataCut(ILogger logger, string pid, string remote, string code, string reason);

    [LoggerMessage(6102, LogLevel.Warning, "The source {Address} gives no data: {Reason}")]
    public static partial void SourceFailed(ILogger logger, string address, string reason);

    [LoggerMessage(6103, LogLevel.Warning, "Snapshots of sources that are needed no more cannot be removed: {Reason}")]
    public static partial void SnapshotsStay(ILogger logger, string reason);
}
