using Connector.Policies.Diff;

namespace Connector.Policies.Lint;

/// <summary>Puts every request that a policy can tell apart to it and to variants of it.</summary>
internal sealed class Survey(Vocabulary vocabulary)
{
    private const long MostQuestions = 4_000_000;

    private readonly List<(Policy Policy, Action<Answers> Then)> _variants = [];

    /// <summary>Asks a variant too, and hands over what came out, in the order of asking.</summary>
    public void Ask(Policy variant, Action<Answers> then) => _variants.Add((variant, then));

    /// <summary>Whether all could be asked; when not, nothing was.</summary>
    public bool Run(Policy policy)
    {
        var space = Space.Of(vocabulary, policy);
        if (!space.IsWalked || space.Count * (_variants.Count + 1) > MostQuestions)
        {
            return false;
        }

        var whole = CompiledPolicy.Compile(policy, vocabulary);
        var compiled = _variants.Select(v => (Policy: CompiledPolicy.Compile(v.Policy, vocabulary), Answers: new Answers())).ToList();
        for (var number = 0L; number < space.Count; number++)
        {
            var request = space.At(number);
            var facts = request.ToFacts();
            var permitted = whole.Permits(request.At, facts);
            foreach (var (variant, answers) in compiled)
            {
                answers.Note(request.At, variant.Permits(request.At, facts), permitted);
            }
        }

        for (var i = 0; i < compiled.Count; i++)
        {
            _variants[i].Then(compiled[i].Answers);
        }

        return true;
    }
}

/// <summary>What a variant answered over all requests.</summary>
internal sealed class Answers
{
    private readonly HashSet<EnforcementPoint> _permits = [];
    private readonly HashSet<EnforcementPoint> _refuses = [];

    /// <summary>Whether it answered everywhere as the whole policy did.</summary>
    public bool Same { get; private set; } = true;

    public bool PermitsAt(EnforcementPoint point) => _permits.Contains(point);

    public bool RefusesAnywhere => _refuses.Count > 0;

    public void Note(EnforcementPoint point, bool permitted, bool whole)
    {
        (permitted ? _permits : _refuses).Add(point);
        Same &= permitted == whole;
    }
}
