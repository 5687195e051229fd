namespace Connector.Daemon.Configuration;

/// <summary>One thing that is wrong in the configuration.</summary>
/// <param name="Source">The file, or the environment variable, that says it.</param>
/// <param name="Line">Line in the file, from 1; 0 when it comes from the environment or concerns the file as a whole.</param>
/// <param name="Column">Column in the file, from 1; 0 likewise.</param>
/// <param name="Key">Dotted path such as <c>listen.peers.port</c>; empty for the file as a whole.</param>
/// <param name="Message">What was found.</param>
/// <param name="Mend">What to do.</param>
public sealed record ConfigurationFault(string Source, int Line, int Column, string Key, string Message, string Mend)
{
    /// <summary>In one line, positions first, as editors and CI logs can follow them.</summary>
    public override string ToString()
    {
        var position = Line > 0 ? $"{Source}:{Line}:{Column}" : Source;
        return Key.Length == 0 ? $"{position}: {Message}; {Mend}" : $"{position}: {Key}: {Message}; {Mend}";
    }
}
