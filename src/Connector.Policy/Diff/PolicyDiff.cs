using System.Collections.Immutable;

namespace Connector.Policies.Diff;

/// <summary>What changes for a group of requests.</summary>
/// <param name="When">Which requests, in words: what must be so; what is not named does not matter.</param>
/// <param name="Witness">One of them.</param>
public sealed record Difference(ImmutableArray<string> When, Request Witness);

/// <summary>What separates two policies.</summary>
/// <param name="Gained">What the new one permits and the old one does not.</param>
/// <param name="Lost">What the old one permits and the new one does not.</param>
/// <param name="DutiesGained">Duties that only the new one has, or that it alone lays upon some request, in words.</param>
/// <param name="DutiesLost">Duties that only the old one has, or that it alone laid upon some request.</param>
/// <param name="Decided">False when the constraints make too many regions to walk, or differences too many to tell; what is reported is then true, but may not be all.</param>
public sealed record PolicyDiff(ImmutableArray<Difference> Gained, ImmutableArray<Difference> Lost, ImmutableArray<string> DutiesGained, ImmutableArray<string> DutiesLost, bool Decided)
{
    public bool IsEmpty => Gained.IsEmpty && Lost.IsEmpty && DutiesGained.IsEmpty && DutiesLost.IsEmpty;

    /// <summary>Compares what two policies answer over the finite regions into which their constraints cut all requests.</summary>
    /// <param name="vocabulary">The words that both were read by; the built-in ones when null.</param>
    public static PolicyDiff Between(Policy old, Policy @new, Vocabulary? vocabulary = null)
    {
        vocabulary ??= Vocabulary.BuiltIn;
        var space = Space.Of(vocabulary, old, @new);
        var (before, after) = (CompiledPolicy.Compile(old, vocabulary), CompiledPolicy.Compile(@new, vocabulary));
        var (gained, lost) = (new HashSet<long>(), new HashSet<long>());
        var duties = new DutyDiff(old, @new, vocabulary);
        for (var number = 0L; number < Math.Min(space.Count, Space.Limit); number++)
        {
            var request = space.At(number);
            var facts = request.ToFacts();
            var (was, @is) = (before.Rule(request.At, facts), after.Rule(request.At, facts));
            duties.Note(was, @is);
            switch (was.Permitted, @is.Permitted)
            {
                case (false, true):
                    gained.Add(number);
                    break;
                case (true, false):
                    lost.Add(number);
                    break;
            }
        }

        var (more, less) = (Grouping.Of(space, gained, out var allGained), Grouping.Of(space, lost, out var allLost));
        return new PolicyDiff(more, less, duties.Gained, duties.Lost, space.IsWalked && allGained && allLost);
    }
}
