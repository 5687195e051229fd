using Microsoft.Extensions.Logging;

namespace Connector.Daemon;

/// <summary>All log texts of this room. Event ids 1000–1999.</summary>
internal static partial class Log
{
    [LoggerMessage(1000, LogLevel.Information, "{Effect} of {Subject} to {Peer} is delayed and will be tried again: {Reason}")]
    public static partial void EffectDelayed(ILogger logger, string effect, string subject, string peer, string reason);

    [LoggerMessage(1001, LogLevel.Warning, "{Effect} of {Subject} to {Peer} is given up: {Reason}")]
    public static partial void EffectGivenUp(ILogger logger, string effect, string subject, string peer, string reason);

    [LoggerMessage(1002, LogLevel.Error, "{Effect} of {Subject} met an internal fault and will be tried again")]
    public static partial void EffectFaulted(ILogger logger, Exception exception, string effect, string subject);

    [LoggerMessage(1003, LogLevel.Debug, "Stopping; the effects of {Subject} that are left are done after the next start")]
    public static partial void EffectsLeft(ILogger logger, string subject);

    [LoggerMessage(1004, LogLevel.Information, "{Count} effects were left behind and are taken up")]
    public static partial void EffectsRecovered(ILogger logger, int count);

    [LoggerMessage(1005, LogLevel.Error, "The search for effects left behind failed; it is tried again with the next period")]
    public static partial void RecoveryFailed(ILogger logger, Exception exception);

    [LoggerMessage(1006, LogLevel.Error, "The agreement monitor met an internal fault and goes on")]
    public static partial void MonitorFailed(ILogger logger, Exception exception);

    [LoggerMessage(1009, LogLevel.Warning, "What is left of a transfer that ended cannot be removed; the next start tries again")]
    public static partial void SweepFailed(ILogger logger, Exception exception);

    [LoggerMessage(1007, LogLevel.Warning, "A stored document is left out until it is applied again: {Fault}")]
    public static partial void DocumentLeftOut(ILogger logger, string fault);

    [LoggerMessage(1008, LogLevel.Error, "{Effect} of {Subject} waits until the store works again: {Reason}")]
    public static partial void EffectNotStored(ILogger logger, string effect, string subject, string reason);

    [LoggerMessage(1010, LogLevel.Information, "{Kind} {Subject} is {State} (with {Peer}, we are the {Role}){Detail}")]
    public static partial void Happened(ILogger logger, string kind, string subject, string state, string peer, ControlPlane.Role role, string detail);

    [LoggerMessage(1011, LogLevel.Information, "document {Document} is {State}")]
    public static partial void DocumentChanged(ILogger logger, string document, string state);

    [LoggerMessage(1012, LogLevel.Information, "More happened than could be written here; connector get lists all of it")]
    public static partial void JournalGap(ILogger logger);

    [LoggerMessage(1013, LogLevel.Information, "{Path} is brought to the form of this version; with a million agreements this takes some minutes; a stop before its end changes nothing, and the next start begins anew")]
    public static partial void StoreRewritten(ILogger logger, string path);
}
