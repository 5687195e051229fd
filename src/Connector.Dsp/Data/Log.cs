using Microsoft.Extensions.Logging;

namespace Connector.Dsp.Data;

/// <summary>The log texts of data over HTTP. Event ids 5500–5599. Never a token.</summary>
internal static partial class Log
{
    [LoggerMessage(5500, LogLevel.Information, "{Method} of the data of transfer {Pid} from {Remote} is refused: {Code}: {Reason}")]
    public static partial void DataRefused(ILogger logger, string method, string pid, string remote, string code, string reason);

    [LoggerMessage(5501, LogLevel.Warning, "The data of transfer {Pid} to {Remote} is cut off: {Code}: {Reason}")]
    public static partial void DataCut(ILogger logger, string pid, string remote, string code, string reason);
}
