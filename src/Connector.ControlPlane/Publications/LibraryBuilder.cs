using System.Collections.Immutable;
using Connector.ControlPlane.Negotiations;
using Connector.ControlPlane.Participants;
using Connector.Policies;
using Connector.Policies.Yaml;

namespace Connector.ControlPlane.Publications;

/// <summary>Puts documents together into a snapshot: resolves what they say of each other, and compiles the policies.</summary>
internal static class LibraryBuilder
{
    /// <summary>The snapshot of these documents; null when there are faults.</summary>
    public static LibrarySnapshot? Build(ReadDocuments read, Participant self, ICollection<Fault> faults)
    {
        var documents = read.Documents;
        var before = faults.Count;
        var policies = new Dictionary<string, KnownPolicy>(StringComparer.Ordinal);
        foreach (var document in Of<PolicyDocument>(documents))
        {
            var (policy, vocabulary) = (document.Content.Policy, document.Content.Vocabulary);
            policies[document.Content.Name] = new KnownPolicy(policy, CompiledPolicy.Compile(policy, vocabulary), OdrlJson.ToJson(policy, vocabulary)) { Vocabulary = vocabulary };
        }

        var datasets = Of<Dataset>(documents).ToDictionary(d => d.Content.Name, d => d.Content, StringComparer.Ordinal);
        Unique(Of<Dataset>(documents), d => d.Id, "id", faults);
        Unique(Of<PeerEntry>(documents), p => p.ParticipantId, "participantId", faults);
        foreach (var (document, peer) in Of<PeerEntry>(documents).Where(p => p.Content.ParticipantId == self.Id))
        {
            faults.Add(document.Fault("participantId", $"'{peer.ParticipantId}' is this connector itself", "apply the documents of partners only"));
        }

        var offers = ImmutableArray.CreateBuilder<OfferedDataset>();
        foreach (var (document, offer) in Of<Offer>(documents))
        {
            var terms = Resolve(document, "terms", DocumentKind.Policy, offer.Terms, policies, faults);
            var visibleTo = offer.VisibleTo is null ? null : Resolve(document, "visibleTo", DocumentKind.Policy, offer.VisibleTo, policies, faults);
            foreach (var name in offer.Datasets)
            {
                if (Resolve(document, "datasets", DocumentKind.Dataset, name, datasets, faults) is { } dataset && terms is not null)
                {
                    offers.Add(new OfferedDataset(offer, dataset, new Terms(offer.IdFor(dataset), dataset.Id, terms.Json), terms, visibleTo?.Compiled));
                }
            }
        }

        if (offers.GroupBy(o => (o.Terms.OfferId, o.Terms.DatasetId)).FirstOrDefault(g => g.Count() > 1) is { } twice)
        {
            var (document, _) = Of<Offer>(documents).Last(o => o.Content == twice.Last().Offer);
            faults.Add(document.Fault("id", $"two offers have the id '{twice.Key.OfferId}' on the same dataset", "give one of them another id"));
        }

        return faults.Count > before
            ? null
            : new LibrarySnapshot([.. documents.Select(d => d.Document)], [.. Of<PeerEntry>(documents).Select(p => p.Content)], [.. datasets.Values], offers.ToImmutable()) { Vocabulary = read.Vocabulary };
    }

    private static IEnumerable<(ReadDocument Document, T Content)> Of<T>(IEnumerable<ReadDocument> documents) =>
        documents.Where(d => d.Content is T).Select(d => (d, (T)d.Content));

    private static T? Resolve<T>(ReadDocument document, string field, DocumentKind kind, string name, Dictionary<string, T> known, ICollection<Fault> faults)
        where T : class
    {
        if (known.TryGetValue(name, out var found))
        {
            return found;
        }

        var mend = Nearest.Of(name, known.Keys) is { } nearest ? $"did you mean '{nearest}'?" : "apply it in the same call";
        faults.Add(document.Fault(field, $"there is no {kind} '{Fields.Shown(name)}'", mend, name));
        return null;
    }

    private static void Unique<T>(IEnumerable<(ReadDocument Document, T Content)> documents, Func<T, string> key, string field, ICollection<Fault> faults)
    {
        foreach (var group in documents.GroupBy(d => key(d.Content)).Where(g => g.Count() > 1))
        {
            var (document, _) = group.Last();
            faults.Add(document.Fault(field, $"'{group.Key}' is taken by {group.First().Document.Document.Kind} '{group.First().Document.Document.Name}'", "give each its own"));
        }
    }
}
