namespace Connector.Conformance.Harness;

/// <summary>Reads the suite's properties file (<c>CN_01_03_DATASETID=ACN0103</c> …), so that both sides speak of the same ids.</summary>
public static class SuiteProperties
{
    /// <summary>The options with the ids that the file names.</summary>
    public static HarnessOptions Read(string path, HarnessOptions options)
    {
        var values = File.ReadLines(path).Select(l => l.Trim()).Where(l => l.Length > 0 && l[0] is not ('#' or '!')).Select(l => l.Split('=', 2)).Where(p => p.Length == 2)
            .ToDictionary(p => p[0].Trim(), p => p[1].Trim(), StringComparer.Ordinal);
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

        return options with { Keys = keys, Offers = offers, Participant = values.GetValueOrDefault("dataspacetck.dsp.connector.agent.id") is { Length: > 0 } id && id.Contains(':', StringComparison.Ordinal) ? id : options.Participant };
    }

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
