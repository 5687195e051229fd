using System.CommandLine;

namespace Connector.Cli.Local;

/// <summary><c>connector completion</c>: a script that teaches the shell to complete verbs, options and words.</summary>
internal static class CompletionVerb
{
    private const string Bash = """
        _connector() {
          local IFS=$'\n'
          COMPREPLY=( $(connector "[suggest:${COMP_POINT}]" "${COMP_LINE}" 2>/dev/null | grep -F -- "${COMP_WORDS[COMP_CWORD]}") )
        }
        complete -o default -F _connector connector
        """;

    private const string Zsh = """
        #compdef connector
        _connector() {
          local -a words_found
          words_found=("${(@f)$(connector "[suggest:${CURSOR}]" "${BUFFER}" 2>/dev/null)}")
          compadd -a words_found
          _files
        }
        compdef _connector connector
        """;

    private const string Fish = """
        complete -c connector -f -a '(connector "[suggest:"(commandline -C)"]" (commandline) 2>/dev/null)'
        """;

    private const string PowerShell = """
        Register-ArgumentCompleter -Native -CommandName connector -ScriptBlock {
          param($word, $tree, $position)
          connector "[suggest:$position]" "$tree" 2>$null | Where-Object { $_ -like "$word*" } |
            ForEach-Object { [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_) }
        }
        """;

    private static readonly SortedDictionary<string, string> s_scripts = new(StringComparer.Ordinal)
    {
        ["bash"] = Bash,
        ["fish"] = Fish,
        ["pwsh"] = PowerShell,
        ["zsh"] = Zsh,
    };

    public static Command Build()
    {
        var verb = new Verb(
            "completion",
            "Print a script for tab completion in your shell",
            "source <(connector completion bash)",
            "connector completion zsh > \"${fpath[1]}/_connector\"",
            "connector completion fish > ~/.config/fish/completions/connector.fish",
            "connector completion pwsh >> $PROFILE");
        var shell = verb.With(new Argument<string>("shell") { HelpName = "shell", Description = "bash, fish, pwsh or zsh" });
        shell.AcceptOnlyFromAmong([.. s_scripts.Keys]);
        verb.SetAction(parsed => parsed.InvocationConfiguration.Output.WriteLine(s_scripts[parsed.GetRequiredValue(shell)]));
        return verb;
    }
}
