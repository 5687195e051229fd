using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Connector.Grpc.Tests.Rooms;

/// <summary>What a room logs, line by line.</summary>
internal sealed class Told : ILoggerProvider
{
    private readonly ConcurrentQueue<(LogLevel Level, int Id, string Text, Exception? Fault)> _lines = new();

    /// <summary>Lines of the room itself, without those of the framework below it.</summary>
    public IReadOnlyList<(LogLevel Level, int Id, string Text, Exception? Fault)> OfRoom => [.. _lines.Where(l => l.Id is >= 3000 and < 4000)];

    public IReadOnlyList<string> Errors => [.. _lines.Where(l => l.Level >= LogLevel.Error).Select(l => l.Text)];

    public ILogger CreateLogger(string categoryName) => new Line(_lines);

    public void Dispose()
    {
    }

    private sealed class Line(ConcurrentQueue<(LogLevel Level, int Id, string Text, Exception? Fault)> lines) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            lines.Enqueue((logLevel, eventId.Id, formatter(state, exception), exception));
    }
}
