namespace Connector.Cli;

/// <summary>What the process answers to the shell that started it.</summary>
internal static class ExitCode
{
    public const int Done = 0;

    /// <summary>The connector, a peer or a check said no, or something failed; the reason is on standard error.</summary>
    public const int Refused = 1;

    /// <summary>The command line itself is wrong.</summary>
    public const int WrongUsage = 2;

    /// <summary>Ended by Ctrl-C or SIGTERM (128 + SIGINT, as shells expect).</summary>
    public const int Interrupted = 130;
}
