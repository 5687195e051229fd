using System.Collections;
using System.Collections.Immutable;
using System.Net;

namespace Connector.Daemon.Configuration;

/// <summary>Reads <c>connector.yaml</c> and its overrides, and reports every fault at once.</summary>
public static class ConfigurationReader
{
    private const int MaxBytes = 256 * 1024;

    /// <summary>Reads a file with the process's own environment variables.</summary>
    public static ConfigurationResult Read(string path) => Read(path, System.Environment.GetEnvironmentVariables());

    /// <summary>Reads a file with the given environment variables.</summary>
    public static ConfigurationResult Read(string path, IDictionary environment)
    {
        var file = Path.GetFullPath(path);
        string text;
        try
        {
            var info = new FileInfo(file);
            if (info.Exists && info.Length > MaxBytes)
            {
                return Whole(file, $"is larger than {MaxBytes} bytes", "a configuration is a page or two; is this the right file?");
            }

            text = File.ReadAllText(file);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return Whole(file, "is not there", "make one with 'connector init DIR --id did:web:…', or name another with --config FILE");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Whole(file, $"cannot be read: {e.Message}", "check the path and its permissions");
        }

        return Parse(text, file, environment);
    }

    /// <summary>Reads the text of a file that bears this path.</summary>
    public static ConfigurationResult Parse(string text, string path, IDictionary environment)
    {
        var reading = new Reading(Path.GetFullPath(path), new EnvironmentOverrides(environment));
        var root = ConfigurationText.Read(text, reading);
        if (reading.Faults.Count > 0)
        {
            return new ConfigurationResult(null, [.. reading.Faults]);
        }

        var options = new Section(reading, "", root, new Place(reading.File, 1, 1)).Whole(section => Options(section, reading));
        foreach (var (name, nearest) in reading.Environment.Unused())
        {
            reading.Add(new Place(name, 0, 0), "", "is set, and overrides no key of the configuration", nearest is null ? "unset it" : $"did you mean {nearest}?");
        }

        var faults = reading.Faults.ToImmutableArray();
        return new ConfigurationResult(faults.IsEmpty ? options : null, faults);
    }

    private static CallsOptions Outbound(Section section)
    {
        var networks = ImmutableArray.CreateBuilder<IPNetwork>();
        foreach (var text in section.Texts("allowedNetworks"))
        {
            if (IPNetwork.TryParse(text, out var network))
            {
                networks.Add(network);
            }
            else
            {
                section.Fault("allowedNetworks", $"'{text}' is no network", "write it as 10.0.0.0/8 or fd00::/8");
            }
        }

        return new CallsOptions(networks.ToImmutable());
    }

    private static ConnectorOptions Options(Section root, Reading reading)
    {
        var participant = root.Read("participant", ParticipantReading.Read);
        var (listen, tls) = root.Read("listen", ListenReading.Read);
        var trust = root.Read("trust", s => TrustReading.Read(s, participant.Id, tls, listen));
        return new ConnectorOptions
        {
            File = reading.File,
            Participant = participant,
            Listen = listen,
            Store = root.Read("store", s => new StoreOptions(s.FilePath("sqlite", "data/connector.db"))),
            Data = root.Read("data", s => new DataOptions(s.FilePath("received", "data/received"), s.FilePath("cache", "data/cache"))),
            Trust = trust with { KeysFolder = root.Read("keys", s => s.FilePath("folder", "keys")), Tls = tls },
            Limits = root.Read("limits", s => new LimitsOptions(
                s.Integer("messageBytes", 1 << 20, 16 << 10, 16 << 20),
                s.Integer("connections", 1_000, 1, 100_000),
                s.Integer("streamsPerConnection", 256, 1, 10_000))),
            Recovery = root.Read("recovery", s => new RecoveryOptions(s.Span("period", TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(1), TimeSpan.FromDays(1)))),
            Negotiation = root.Read("negotiation", s => new NegotiationOptions(s.Integer("maxRounds", 8, 1, 100))),
            Outbound = root.Read("outbound", Outbound),
            Telemetry = root.Read("telemetry", s => new TelemetryOptions(s.Url("otlp", "http", "https"))),
        };
    }

    private static ConfigurationResult Whole(string file, string message, string mend) =>
        new(null, [new ConfigurationFault(file, 0, 0, "", message, mend)]);
}
