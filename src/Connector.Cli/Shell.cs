using System.CommandLine;
using System.CommandLine.Invocation;
using System.Runtime.InteropServices;
using System.Text;

namespace Connector.Cli;

/// <summary>Runs one command line and turns whatever happens into an exit code and, at most, a few lines of text.</summary>
internal static class Shell
{
    /// <summary>Set to 1, failures that nobody foresaw are shown with all their details.</summary>
    public const string DebugVariable = "CONNECTOR_DEBUG";

    /// <summary>Runs with the process's own streams; Ctrl-C and SIGTERM cancel once, a second Ctrl-C kills.</summary>
    public static async Task<int> RunProcessAsync(string[] args)
    {
        using var stop = new CancellationTokenSource();
        void OnSignal(PosixSignalContext context)
        {
            context.Cancel = !stop.IsCancellationRequested;
            stop.Cancel();
        }

        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, OnSignal);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, OnSignal);
        Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        return await RunAsync(args, Console.Out, Console.Error, stop.Token);
    }

    /// <summary>Runs one command line against the given streams.</summary>
    public static async Task<int> RunAsync(IReadOnlyList<string> args, TextWriter output, TextWriter error, CancellationToken cancel)
    {
        try
        {
            var parsed = Commands.Build().Parse(args.Count == 0 ? ["--help"] : args, new ParserConfiguration { ResponseFileTokenReplacer = null });
            var streams = new InvocationConfiguration { Output = output, Error = error, EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null };
            if (parsed.Action is ParseErrorAction wrong)
            {
                return await WrongUsageAsync(parsed, wrong, error, cancel);
            }

            return await parsed.InvokeAsync(streams, cancel);
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            await error.WriteLineAsync("stopped");
            return ExitCode.Interrupted;
        }
        catch (Failure failure)
        {
            await TellAsync(error, failure);
            return failure.ExitCode;
        }
        catch (Exception e)
        {
            await error.WriteLineAsync(Unforeseen(e));
            return ExitCode.Refused;
        }
    }

    private static async Task<int> WrongUsageAsync(ParseResult parsed, ParseErrorAction action, TextWriter error, CancellationToken cancel)
    {
        var command = parsed.CommandResult.Command;
        action.ShowHelp = command.Subcommands.Count > 0 && parsed.UnmatchedTokens.Count == 0;
        await parsed.InvokeAsync(new InvocationConfiguration { Output = error, Error = error }, cancel);
        await error.WriteLineAsync($"Try: {PathOf(command)} --help");
        return ExitCode.WrongUsage;
    }

    private static async Task TellAsync(TextWriter error, Failure failure)
    {
        await error.WriteLineAsync(failure.Code is null ? $"error: {failure.Message}" : $"error: {failure.Message} [{failure.Code}]");
        if (failure.Field is { Length: > 0 } field)
        {
            await error.WriteLineAsync($"field: {field}");
        }

        if (failure.Mend is { Length: > 0 } mend)
        {
            await error.WriteLineAsync($"to do: {mend}");
        }
    }

    private static string Unforeseen(Exception e)
    {
        if (Environment.GetEnvironmentVariable(DebugVariable) == "1")
        {
            return e.ToString();
        }

        var reason = e is IOException or UnauthorizedAccessException ? e.Message : $"{e.GetType().Name}: {e.Message}";
        return $"error: {reason.ReplaceLineEndings(" ")}\nto do: set {DebugVariable}=1 and run it again to see where it comes from";
    }

    private static string PathOf(Command command)
    {
        var names = new List<string>();
        for (Symbol? symbol = command; symbol is Command named; symbol = symbol.Parents.FirstOrDefault())
        {
            names.Insert(0, named is RootCommand ? "connector" : named.Name);
        }

        return string.Join(' ', names);
    }
}
