namespace Connector.Cli.Local.Doctor;

/// <summary>One thing that the doctor looked at.</summary>
/// <param name="Check">What was looked at, in two or three words.</param>
/// <param name="Health">How it is.</param>
/// <param name="Found">What was found.</param>
/// <param name="Mend">What to do; empty when it is well.</param>
internal sealed record Finding(string Check, Health Health, string Found, string Mend = "")
{
    public static Finding Well(string check, string found) => new(check, Health.Well, found);

    public static Finding Wrong(string check, string found, string mend) => new(check, Health.Wrong, found, mend);
}

/// <summary>How a thing is.</summary>
internal enum Health
{
    Well,

    /// <summary>It works, and will not for long or not for all.</summary>
    Doubtful,

    Wrong,
}
