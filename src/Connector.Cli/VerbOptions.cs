using System.CommandLine;
using Connector.Cli.Output;

namespace Connector.Cli;

/// <summary>The options that many verbs share; one instance each, added to every verb that heeds it.</summary>
internal static class VerbOptions
{
    /// <summary>Names the configuration file when <c>--config</c> is not given.</summary>
    public const string ConfigVariable = "CONNECTOR_CONFIG";

    public static Option<OutputFormat> Output { get; } = new("--output", "-o")
    {
        Description = "How to show the answer",
        HelpName = "table|json|yaml",
        CustomParser = result =>
        {
            var word = result.Tokens[^1].Value;
            if (Enum.TryParse<OutputFormat>(word, ignoreCase: true, out var format) && Enum.IsDefined(format) && !char.IsAsciiDigit(word[0]))
            {
                return format;
            }

            result.AddError($"'{word}' is not an output format; give table, json or yaml");
            return default;
        },
    };

    public static Option<string> Config { get; } = new("--config", "-c")
    {
        Description = $"Configuration file; else that of {ConfigVariable}, else connector.yaml here",
        HelpName = "FILE",
    };

    /// <summary>The configuration file that this command line means, as a full path.</summary>
    public static string ConfigPath(ParseResult parsed)
    {
        var given = parsed.GetValue(Config) ?? Environment.GetEnvironmentVariable(ConfigVariable);
        return Path.GetFullPath(given is { Length: > 0 } ? given : "connector.yaml");
    }
}
