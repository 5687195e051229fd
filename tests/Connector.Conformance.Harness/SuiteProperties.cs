namespace Connector.Conformance.Harness;

/// <summary>Reads the suite's properties file (<c>CN_01_03_DATASETID=ACN0103</c> …), so that both sides speak of the same ids.</summary>
public static class SuiteProperties
{
    private const string Prefix = "dataspacetck.dsp.";

    /// <summary>The options with the addresses and ids that the file names.</summary>
    /// <exception cref="FormatException">An address is none of this machine's.</exception>
    public static HarnessOptions Read(string path, HarnessOptions options)
    {
        var values = File.ReadLines(path).Select(l => l.Trim()).Where(l => l.Length > 0 && l[0] is not ('#' or '!')).Select(l => l.Split('=', 2)).Where(p => p.Length == 2)
            .DistinctBy(p => p[0].Trim()).ToDictionary(p => p[0].Trim(), p => Unescaped(p[1].Trim()), StringComparer.Ordinal);
        var keys = new Dictionary<string, string>(StringComparer.Ordinal);
        var offers = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in values)
        {
            if (Key(name) is { } key && value != key && !Script.All.ContainsKey(value))
            {
                keys[value] = key;
            }

            if (name.EndsWith("_OFFERID", StringComparison.Ordinal) && values.TryGetValue(name[..^"_OFFERID".Length] + "_DATASETID", out var dataset))
            {
                offers[dataset] = value;
            }
        }

        return options with
        {
            Keys = keys,
            Offers = offers,
            DspPort = Port(values, "connector.http.url") ?? options.DspPort,
            WebhookPort = Port(values, "connector.negotiation.initiate.url") ?? options.WebhookPort,
            Participant = values.GetValueOrDefault(Prefix + "connector.agent.id") is { Length: > 0 } id ? id : options.Participant,
            Token = values.GetValueOrDefault(Prefix + "connector.http.headers.authorization") is { Length: > 0 } token ? token : options.Token,
        };
    }

    private static int? Port(Dictionary<string, string> values, string name) => values.GetValueOrDefault(Prefix + name) is not { Length: > 0 } text
        ? null
        : Uri.TryCreate(text, UriKind.Absolute, out var address) && address.IsLoopback ? address.Port : throw new FormatException($"{Prefix + name} is '{text}': the connector under test listens on 127.0.0.1 only; give http://127.0.0.1:PORT/…");

    // A Java properties file escapes with backslashes.
    private static string Unescaped(string value) => value.Replace("\\", "", StringComparison.Ordinal);

    // CN_01_03_DATASETID is ACN0103, CN_C_01_03_DATASETID ACNC0103, TP_01_03_AGREEMENTID ATP0103, CAT_01_01_DATASETID CAT0101.
    private static string? Key(string name) => name.Split('_') switch
    {
        ["CN", "C", var a, var b, "DATASETID"] => $"ACNC{a}{b}",
        ["CN", var a, var b, "DATASETID"] => $"ACN{a}{b}",
        ["TP", "C", var a, var b, "AGREEMENTID"] => $"ATPC{a}{b}",
        ["TP", var a, var b, "AGREEMENTID"] => $"ATP{a}{b}",
        ["CAT", var a, var b, "DATASETID"] => $"CAT{a}{b}",
        _ => null,
    };
}
