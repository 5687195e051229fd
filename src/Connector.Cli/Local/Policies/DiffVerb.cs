using System.CommandLine;
using System.Text.Json.Nodes;
using Connector.Cli.Output;
using Connector.Policies;
using Connector.Policies.Diff;

namespace Connector.Cli.Local.Policies;

/// <summary><c>connector policy diff</c>: what a change of policies permits that was not permitted, and the reverse.</summary>
internal static class DiffVerb
{
    public static Verb Build()
    {
        var diff = new Verb(
            "diff",
            "Say what changed policies permit that they did not, and the reverse, each with a request that shows it; exit code 1 when anything more is permitted",
            "connector policy diff old/policies.yaml new/policies.yaml");
        var old = diff.With(new Argument<string>("OLD") { Description = "File or folder as it was" });
        var @new = diff.With(new Argument<string>("NEW") { Description = "File or folder as it will be; policies are compared by name, single ones with each other" });
        diff.Add(PolicyFiles.VocabularyOption);
        diff.Add(VerbOptions.Output);
        diff.SetAction(parsed =>
        {
            var (before, after) = (PolicyFiles.Read(parsed, parsed.GetRequiredValue(old)).Sound(), PolicyFiles.Read(parsed, parsed.GetRequiredValue(@new)).Sound());
            var changes = Compare(before.Policies, after.Policies, Both(before.Vocabulary, after.Vocabulary));
            new Screen(parsed).Show(new JsonArray([.. changes.Select(c => (JsonNode)Json(c))]), _ => changes.ForEach(c => Write(parsed.InvocationConfiguration.Output, c)));
            return changes.Any(c => !c.Diff.Gained.IsEmpty) ? ExitCode.Refused : ExitCode.Done;
        });
        return diff;
    }

    // A policy that is not there permits nothing.
    private static List<Change> Compare(IReadOnlyList<PolicyDocument> old, IReadOnlyList<PolicyDocument> @new, Vocabulary vocabulary)
    {
        if (old is [var one] && @new is [var other])
        {
            return [new Change(other.Name, Fate.Kept, PolicyDiff.Between(one.Policy, other.Policy, vocabulary))];
        }

        var (before, after) = (ByName(old), ByName(@new));
        return [.. before.Keys.Union(after.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal).Select(name =>
        {
            var (was, @is) = (before.GetValueOrDefault(name), after.GetValueOrDefault(name));
            return new Change(name, was is null ? Fate.New : @is is null ? Fate.Gone : Fate.Kept, PolicyDiff.Between(was ?? new Policy(), @is ?? new Policy(), vocabulary));
        })];
    }

    // What a policy permits is compared only where both sides mean the same by their words.
    private static Vocabulary Both(Vocabulary old, Vocabulary @new)
    {
        if (old.Added.FirstOrDefault(o => (@new.ByWord(o.Word) ?? @new.ByIri(o.Iri)) is { } other && !other.MeansTheSameAs(o)) is { } changed)
        {
            throw new Failure($"'{changed.Word}' ({changed.Iri}) does not mean the same in both vocabularies", "compare the vocabulary files by eye, or give the new meaning a new word");
        }

        return @new.With(old.Added.Where(o => @new.ByWord(o.Word) is null));
    }

    private static Dictionary<string, Policy> ByName(IEnumerable<PolicyDocument> documents)
    {
        var policies = new Dictionary<string, Policy>(StringComparer.Ordinal);
        foreach (var document in documents)
        {
            if (!policies.TryAdd(document.Name, document.Policy))
            {
                throw new Failure($"two policies are called '{document.Name}'", "compare file with file");
            }
        }

        return policies;
    }

    private static void Write(TextWriter console, Change change)
    {
        var (name, diff) = (change.Fate == Fate.Kept ? change.Name : $"{change.Name} ({change.Fate.ToString().ToLowerInvariant()})", change.Diff);
        if (diff.IsEmpty)
        {
            console.WriteLine(diff.Decided ? $"{name}: permits the same" : $"{name}: no difference found, but not every case could be walked");
            return;
        }

        Group(console, $"{name}: permits now, and did not", "+", diff.Gained);
        Group(console, $"{name}: permits no more, and did", "-", diff.Lost);
        foreach (var (mark, duties) in ((string, IEnumerable<string>)[])[("+", diff.DutiesGained), ("-", diff.DutiesLost)])
        {
            foreach (var duty in duties)
            {
                console.WriteLine($"{name}: duty {mark} {duty}");
            }
        }

        if (!diff.Decided)
        {
            console.WriteLine($"{name}: there may be more: not every case could be walked, or told");
        }
    }

    private static void Group(TextWriter console, string heading, string mark, IReadOnlyList<Difference> differences)
    {
        if (differences.Count == 0)
        {
            return;
        }

        console.WriteLine($"{heading}:");
        foreach (var difference in differences)
        {
            console.WriteLine($"  {mark} {(difference.When.IsEmpty ? "always" : string.Join("; ", difference.When))}");
            console.WriteLine($"    such as: {RequestText.Of(difference.Witness)}");
        }
    }

    private static JsonObject Json(Change change) => new()
    {
        ["policy"] = change.Name,
        ["fate"] = change.Fate.ToString().ToLowerInvariant(),
        ["gained"] = new JsonArray([.. change.Diff.Gained.Select(d => (JsonNode)Json(d))]),
        ["lost"] = new JsonArray([.. change.Diff.Lost.Select(d => (JsonNode)Json(d))]),
        ["dutiesGained"] = new JsonArray([.. change.Diff.DutiesGained.Select(d => (JsonNode)d)]),
        ["dutiesLost"] = new JsonArray([.. change.Diff.DutiesLost.Select(d => (JsonNode)d)]),
        ["decided"] = change.Diff.Decided,
    };

    private static JsonObject Json(Difference difference) => new()
    {
        ["when"] = new JsonArray([.. difference.When.Select(w => (JsonNode)w)]),
        ["witness"] = RequestText.Of(difference.Witness),
    };

    private enum Fate
    {
        Kept,
        New,
        Gone,
    }

    private sealed record Change(string Name, Fate Fate, PolicyDiff Diff);
}
