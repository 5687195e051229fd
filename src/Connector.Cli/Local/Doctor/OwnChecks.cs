using System.Globalization;
using Connector.Daemon.Configuration;
using Connector.Trust;
using Connector.Trust.Keys;
using Connector.Trust.Tls;
using Microsoft.Extensions.Logging.Abstractions;

namespace Connector.Cli.Local.Doctor;

/// <summary>What can be known without the connector running: its keys, certificate, token and folders.</summary>
internal static class OwnChecks
{
    private static readonly TimeSpan s_renewal = TimeSpan.FromDays(30);

    public static IEnumerable<Finding> Of(ConnectorOptions options, TimeProvider time)
    {
        yield return Try("signing keys", () =>
        {
            var ring = new KeyRing(options.Participant.Id, options.Trust.KeysFolder, time, NullLogger<KeyRing>.Instance);
            return Finding.Well("signing keys", string.Create(CultureInfo.InvariantCulture, $"{ring.All.Length} in {options.Trust.KeysFolder}; {ring.Current.Id} signs"));
        });
        yield return Try("certificate", () => Certificate(options, time));
        yield return Try("operator token", () => Finding.Well("operator token", SecretFile.Read(options.Listen.Management.TokenFile).Trim().Length >= 32
            ? options.Listen.Management.TokenFile
            : throw new TrustException($"{options.Listen.Management.TokenFile}: shorter than 32 characters, so it could be guessed")));
        yield return Folder("store", Path.GetDirectoryName(options.Store.Sqlite)!);
    }

    private static Finding Certificate(ConnectorOptions options, TimeProvider time)
    {
        var identity = new TlsIdentity(options.Trust.Tls, time, NullLogger<TlsIdentity>.Instance);
        var left = identity.Certificate.NotAfter.ToUniversalTime() - time.GetUtcNow();
        var found = string.Create(CultureInfo.InvariantCulture, $"{identity.Certificate.Subject}, valid for {Math.Floor(left.TotalDays)} more days, pin {identity.Pin}");
        return left <= TimeSpan.Zero ? Finding.Wrong("certificate", found, "replace it, and hand partners the new pin")
            : left < s_renewal ? new Finding("certificate", Health.Doubtful, found, "replace it soon; hand partners the new pin before")
            : Finding.Well("certificate", found);
    }

    private static Finding Folder(string check, string folder)
    {
        if (!Directory.Exists(folder))
        {
            return new Finding(check, Health.Doubtful, $"{folder} is not there yet", "it is made at the first 'connector run'");
        }

        var free = new DriveInfo(folder).AvailableFreeSpace;
        var found = string.Create(CultureInfo.InvariantCulture, $"{folder}, {free / (1 << 20)} MiB free");
        return free < 256L << 20 ? new Finding(check, Health.Doubtful, found, "make room: a full disk stops negotiations and transfers") : Finding.Well(check, found);
    }

    private static Finding Try(string check, Func<Finding> look)
    {
        try
        {
            return look();
        }
        catch (TrustException e)
        {
            return Finding.Wrong(check, e.Message, "");
        }
    }
}
