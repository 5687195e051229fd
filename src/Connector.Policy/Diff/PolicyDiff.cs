using System.Collections.Immutable;

namespace Connector.Policies.Diff;

/// <summary>What changes for a group of requests.</summary>
/// <param name="When">Which requests, in words: what must be so; what is not named does not matter.</param>
/// <param name="Witness">One of them.</param>
public sealed record Difference(ImmutableArray<string> When, Request Witness);

/// <summary>What separates two policies.</summary>
/// <param name="Gained">What the new one permits and the old one does not.</param>
/// <param name="Lost">What the old one permits and the new one does not.</param>
/// <param name="DutiesGained">Duties that only the new one has, as canonical text.</param>
/// <param name="DutiesLost">Duties that only the old one has.</param>
/// <param name="Decided">False when the constraints make too many regions to walk; what is reported is then true, but may not be all.</param>
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
        for (var number = 0L; number < Math.Min(space.Count, Space.Limit); number++)
        {
            var request = space.At(number);
            var facts = request.ToFacts();
            switch (before.Permits(request.At, facts), after.Permits(request.At, facts))
            {
                case (false, true):
                    gained.Add(number);
                    break;
                case (true, false):
                    lost.Add(number);
                    break;
            }
        }

        var (oldDuties, newDuties) = (Duties(old, vocabulary), Duties(@new, vocabulary));
        return new PolicyDiff(Grouping.Of(space, gained), Grouping.Of(space, lost), [.. newDuties.Except(oldDuties)], [.. oldDuties.Except(newDuties)], space.IsWalked);
    }

    private static ImmutableArray<string> Duties(Policy policy, Vocabulary vocabulary) =>
        [.. policy.Permissions.SelectMany(p => p.Duties).Concat(policy.Obligations).Select(d => Render.DutyText.Of(d, vocabulary)).Distinct(StringComparer.Ordinal)];
}
