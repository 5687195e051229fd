namespace Connector.Daemon.Configuration;

/// <summary>One reading of the configuration: what it is read from, and the faults found so far.</summary>
internal sealed class Reading(string file, EnvironmentOverrides environment)
{
    private const int MaxFaults = 200;
    private readonly List<ConfigurationFault> _faults = [];

    /// <summary>Absolute path of the file.</summary>
    public string File { get; } = file;

    public EnvironmentOverrides Environment { get; } = environment;

    public void Add(Place place, string key, string message, string mend)
    {
        var fault = new ConfigurationFault(Short(place.Source), place.Line, place.Column, key, message, mend);
        if (_faults.Count < MaxFaults && !_faults.Contains(fault))
        {
            _faults.Add(fault);
        }
    }

    /// <summary>Whether a fault of this key, or of a section around it, is noted already.</summary>
    public bool IsFaulty(string key) =>
        _faults.Exists(fault => fault.Key == key || (fault.Key.Length > 0 && key.StartsWith(fault.Key + ".", StringComparison.Ordinal)));

    /// <summary>In the order of the file, then those of the environment.</summary>
    public IReadOnlyList<ConfigurationFault> Faults =>
        [.. _faults.OrderBy(fault => fault.Line == 0).ThenBy(fault => fault.Line).ThenBy(fault => fault.Column)];

    public string Absolute(string path) => Path.GetFullPath(path, Path.GetDirectoryName(File) ?? "/");

    private string Short(string source) => source == File ? Path.GetFileName(File) : source;
}
