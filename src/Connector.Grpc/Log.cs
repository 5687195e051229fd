using Microsoft.Extensions.Logging;

namespace Connector.Grpc;

/// <summary>All log texts of this room. Event ids 4000–4999.</summary>
internal static partial class Log
{
    [LoggerMessage(4000, LogLevel.Information, "{Method} from {Remote} is refused: {Code}: {Reason}")]
    public static partial void CallRefused(ILogger logger, string method, string remote, string code, string reason);

    [LoggerMessage(4001, LogLevel.Error, "{Method} from {Remote} met an internal fault; the caller was told reference {Reference}")]
    public static partial void CallFaulted(ILogger logger, Exception exception, string method, string remote, string reference);
}
