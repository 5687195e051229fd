using System.Collections.Immutable;

namespace Connector.Policies;

/// <summary>Collects the trace of one evaluation.</summary>
internal sealed class Tracing
{
    /// <summary>The source of every fact that time alone changes.</summary>
    public const string Clock = "the clock";

    /// <summary>The source of what is known of duties, also where nothing is.</summary>
    public const string Record = "the record of duties";

    private readonly ImmutableArray<TraceStep>.Builder _steps = ImmutableArray.CreateBuilder<TraceStep>();

    /// <summary>The rule that is being asked.</summary>
    public string Rule { get; private set; } = "";

    /// <summary>The step that decided the present rule; null while none has.</summary>
    public TraceStep? Decisive { get; private set; }

    public ImmutableArray<TraceStep> Steps => _steps.ToImmutable();

    public int Count => _steps.Count;

    public void Step(string condition, Outcome outcome, string expected, string? found, string? source) => _steps.Add(new TraceStep(Rule, condition, outcome, expected, found, source));

    public void Begin(string rule) => (Rule, Decisive) = (rule, null);

    /// <summary>Notes that a constraint decided the rule: of its steps since a mark, the first that came out the same, else its last.</summary>
    public void Decide(int from, Outcome outcome)
    {
        for (var i = from; i < _steps.Count && Decisive is null; i++)
        {
            if (_steps[i].Outcome == outcome || i == _steps.Count - 1)
            {
                Decisive = _steps[i];
            }
        }
    }
}
