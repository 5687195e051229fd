using System.Collections.Immutable;

namespace Connector.Policies;

/// <summary>Collects the trace of one evaluation.</summary>
internal sealed class Tracing
{
    /// <summary>The source of every fact that time alone changes.</summary>
    public const string Clock = "the clock";

    private readonly ImmutableArray<TraceStep>.Builder _steps = ImmutableArray.CreateBuilder<TraceStep>();

    public string Rule { get; set; } = "";

    public ImmutableArray<TraceStep> Steps => _steps.ToImmutable();

    public int Count => _steps.Count;

    public void Step(string condition, Outcome outcome, string expected, string? found, string? source) => _steps.Add(new TraceStep(Rule, condition, outcome, expected, found, source));

    /// <summary>The first step of a rule with one of two outcomes; null when there is none.</summary>
    public TraceStep? First(int from, Outcome one, Outcome other)
    {
        for (var i = from; i < _steps.Count; i++)
        {
            if (_steps[i].Outcome == one || _steps[i].Outcome == other)
            {
                return _steps[i];
            }
        }

        return null;
    }
}
