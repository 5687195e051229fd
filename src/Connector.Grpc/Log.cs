using Microsoft.Extensions.Logging;

namespace Connector.Grpc;

/// <summary>All log texts of this room. Event ids 3000–3999. Never a token or what a message says.</summary>
internal static partial class Log
{
    [LoggerMessage(3000, LogLevel.Information, "{Method} by {Caller} is refused: {Code}: {Reason}")]
    public static partial void CallRefused(ILogger logger, string method, string caller, string code, string reason);

    [LoggerMessage(3001, LogLevel.Error, "{Method} by {Caller} met an internal fault; the caller was told request id {RequestId}")]
    public static partial void CallFaulted(ILogger logger, Exception exception, string method, string caller, string requestId);

    [LoggerMessage(3002, LogLevel.Warning, "{Method} from {Remote} is not let in: {Code}: {Reason}")]
    public static partial void NotLetIn(ILogger logger, string method, string remote, string code, string reason);

    [LoggerMessage(3003, LogLevel.Error, "{Method} by {Caller} could not be done: {Reason}")]
    public static partial void StoreFailed(ILogger logger, string method, string caller, string reason);
}
