using Connector.Policies;

namespace Connector.Cli;

/// <summary>Moments as they are typed.</summary>
internal static class Instants
{
    /// <exception cref="Failure">It is no RFC 3339 instant with an offset.</exception>
    public static DateTimeOffset Read(string text) => Spans.TryInstant(text, out var instant)
        ? instant
        : throw new Failure($"'{text}' is no instant with an offset", "write it as 2029-04-01T00:00:00+09:00", ExitCode.WrongUsage);
}
