using Microsoft.Extensions.Logging;

namespace Connector.Trust;

/// <summary>Everything that this room logs. Never a token, a key or a claim's value.</summary>
internal static partial class Log
{
    [LoggerMessage(4001, LogLevel.Information, "{Count} signing keys in use; {KeyId} signs")]
    public static partial void KeysLoaded(ILogger logger, int count, string keyId);

    [LoggerMessage(4002, LogLevel.Error, "Signing keys changed but cannot be used, so the former ones stay: {Fault}")]
    public static partial void KeysNotReloaded(ILogger logger, string fault);

    [LoggerMessage(4003, LogLevel.Information, "TLS certificate in use: {Subject}, pin {Pin}, valid until {NotAfter:u}")]
    public static partial void CertificateLoaded(ILogger logger, string subject, string pin, DateTimeOffset notAfter);

    [LoggerMessage(4004, LogLevel.Error, "The TLS certificate changed but cannot be used, so the former one stays: {Fault}")]
    public static partial void CertificateNotReloaded(ILogger logger, string fault);

    [LoggerMessage(4005, LogLevel.Warning, "Key {Index} of peer {Peer} cannot be used: {Fault}")]
    public static partial void PeerKeyUnusable(ILogger logger, string peer, int index, string fault);

    [LoggerMessage(4006, LogLevel.Information, "Keys of issuer {Issuer} loaded: {Count}")]
    public static partial void IssuerKeysLoaded(ILogger logger, string issuer, int count);

    [LoggerMessage(4007, LogLevel.Warning, "Issuer {Issuer} cannot be asked for its keys: {Fault}")]
    public static partial void IssuerKeysNotLoaded(ILogger logger, string issuer, string fault);

    [LoggerMessage(4008, LogLevel.Warning, "Issuer {Issuer} gave no access token: {Fault}")]
    public static partial void NoAccessToken(ILogger logger, string issuer, string fault);
}
