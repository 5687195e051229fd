namespace Connector.Policies.Yaml;

/// <summary>A node of a YAML text with its position, from 1.</summary>
public abstract record YamlNode(int Line, int Column);

/// <summary>A scalar; YAML's null reads as the empty text.</summary>
public sealed record YamlScalar(string Value, int Line, int Column) : YamlNode(Line, Column);

/// <summary>A list.</summary>
public sealed record YamlSequence(IReadOnlyList<YamlNode> Items, int Line, int Column) : YamlNode(Line, Column);

/// <summary>A mapping, its keys in the order of the text.</summary>
public sealed record YamlMapping(IReadOnlyList<YamlEntry> Entries, int Line, int Column) : YamlNode(Line, Column);

/// <summary>One key of a mapping and its value.</summary>
public sealed record YamlEntry(string Key, int KeyLine, int KeyColumn, YamlNode Value)
{
    /// <summary>Where the key stands.</summary>
    public YamlScalar KeyNode => new(Key, KeyLine, KeyColumn);
}

/// <summary>One document of a YAML text.</summary>
/// <param name="Root">Its root node.</param>
/// <param name="Text">The part of the text it was read from.</param>
public sealed record YamlDocument(YamlNode Root, string Text);
