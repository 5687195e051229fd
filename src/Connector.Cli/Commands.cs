using System.CommandLine;
using System.CommandLine.Help;
using Connector.Cli.Local;

namespace Connector.Cli;

/// <summary>The whole command line.</summary>
internal static class Commands
{
    public static RootCommand Build()
    {
        var root = new RootCommand("Exchange datasets with other companies under signed, enforced contracts.")
        {
            CompletionVerb.Build(),
            ConfigVerb.Build(),
        };
        var help = root.Options.OfType<HelpOption>().Single();
        help.Action = new TeachingHelp((HelpAction)help.Action!);
        return root;
    }
}
