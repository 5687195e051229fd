namespace Connector.Daemon.Configuration;

/// <summary>One value as it was found.</summary>
/// <param name="Key">Dotted path.</param>
/// <param name="Text">The scalar's text.</param>
/// <param name="Place">Where it stands.</param>
internal sealed record Setting(string Key, string Text, Place Place);

/// <summary>Where something in the configuration stands: a position in the file, or an environment variable (line 0).</summary>
internal readonly record struct Place(string Source, int Line, int Column);
