using System.Collections.Immutable;
using Connector.ControlPlane.Effects;
using Connector.ControlPlane.Exchanges;
using Connector.ControlPlane.Participants;
using Connector.ControlPlane.Stores;
using Connector.Policies;

namespace Connector.ControlPlane.Publications;

/// <summary>Applies and deletes the operator's documents. A call takes effect as a whole, or not at all.</summary>
public sealed class PublicationService(IDocumentStore documents, CommitService commits, Library library, IDataSources sources, IPeerBindings bindings, Participant self, IIds ids, TimeProvider time) : IDisposable
{
    private readonly SemaphoreSlim _one = new(1);

    /// <summary>Takes up what was applied in earlier lives.</summary>
    /// <returns>What is wrong with stored documents; they are then left out until they are applied again.</returns>
    public async ValueTask<ImmutableArray<Fault>> LoadAsync(CancellationToken cancel)
    {
        var faults = new List<Fault>();
        var stored = await documents.AllAsync(cancel);
        var read = Read(stored, faults);
        while (true)
        {
            var before = faults.Count;
            if (LibraryBuilder.Build(read, self, faults) is { } snapshot)
            {
                Publish(snapshot);
                return [.. faults];
            }

            // A newer program may refuse what an older one took: the rest must still be served.
            var wrong = faults.Skip(before).Select(f => f.File).ToHashSet();
            var right = read.Documents.RemoveAll(d => wrong.Contains(d.File));
            if (right.Length == read.Documents.Length)
            {
                return [.. faults];
            }

            read = read with { Documents = right };
        }
    }

    /// <summary>Applies files; the outcome says what changed, or, when anything is wrong, what: then nothing was applied.</summary>
    public async ValueTask<ApplyOutcome> ApplyAsync(IReadOnlyList<DocumentFile> files, bool dryRun, CancellationToken cancel)
    {
        await _one.WaitAsync(cancel);
        try
        {
            var now = time.GetUtcNow();
            var faults = new Faults();
            var opened = files.SelectMany(f => DocumentReader.Open(f, now, faults)).ToList();
            foreach (var twice in opened.GroupBy(d => d.Key).Where(g => g.Key.Name.Length > 0 && g.Count() > 1))
            {
                var last = twice.Last();
                last.Fields.Fault(last.Fields.Find("name")!, "name", $"{twice.Key.Kind} '{twice.Key.Name}' stands twice", "remove one of them");
            }

            // Read anew with the rest, since what is applied may change the words they are read by.
            var applied = opened.Select(d => d.Key).ToHashSet();
            var kept = library.Current.Documents.Values.Where(d => !applied.Contains(d.Key)).SelectMany(d => Stored(d, faults));
            var all = DocumentReader.Read([.. kept, .. opened], Vocabulary.BuiltIn, faults);
            var snapshot = faults.Count == 0 ? LibraryBuilder.Build(all, self, faults) : null;
            var read = all.Documents.Where(d => applied.Contains(d.Document.Key)).ToList();
            foreach (var document in read.Where(d => d.Content is Dataset { Source.Kind.Length: > 0 }))
            {
                await PrepareAsync(document, (Dataset)document.Content, faults, cancel);
            }

            if (faults.Count > 0 || snapshot is null)
            {
                return new ApplyOutcome([], [.. faults]);
            }

            var changes = read.Select(d => Change(d.Document)).ToImmutableArray();
            var changed = read.Where((_, i) => changes[i].Action != ChangeKind.Unchanged).Select(d => d.Document).ToImmutableArray();
            if (!dryRun && !changed.IsEmpty)
            {
                // Documents carry no version: of two that apply the same one, the later wins, as it would with files.
                await commits.TryAsync(new Change { Documents = changed, Effects = Reviews(changed.Select(d => d.Key), snapshot) }, cancel);
                Publish(snapshot);
            }

            if (!dryRun)
            {
                read.Select(d => d.Content).OfType<PeerEntry>().ToList().ForEach(peer => bindings.Forget(peer.ParticipantId));
            }

            return new ApplyOutcome(changes, []);
        }
        finally
        {
            _one.Release();
        }
    }

    /// <summary>Deletes a document that no other names.</summary>
    public async ValueTask<Result<Done>> DeleteAsync(DocumentKey key, CancellationToken cancel)
    {
        await _one.WaitAsync(cancel);
        try
        {
            if (!library.Current.Documents.ContainsKey(key))
            {
                return new Refusal(RefusalKind.NotFound, "not-found", $"there is no {key.Kind} '{key.Name}'", "name", "list the documents");
            }

            var faults = new List<Fault>();
            var kept = Read(library.Current.Documents.Values.Where(d => d.Key != key), faults);
            var snapshot = faults.Count == 0 ? LibraryBuilder.Build(kept, self, faults) : null;
            if (snapshot is null)
            {
                var users = string.Join(", ", faults.Select(f => f.File).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
                return new Refusal(RefusalKind.InvalidTransition, "still-used", $"{key.Kind} '{key.Name}' is still used by {users}: {faults[0]}", "name", "change or delete what names it first");
            }

            await commits.TryAsync(new Change { DeletedDocuments = [key], Effects = Reviews([key], snapshot) }, cancel);
            Publish(snapshot);
            return default(Done);
        }
        finally
        {
            _one.Release();
        }
    }

    /// <summary>Completes once no change is half-way: what was committed is then what everybody reads.</summary>
    public async ValueTask SettledAsync(CancellationToken cancel)
    {
        await _one.WaitAsync(cancel);
        _one.Release();
    }

    /// <summary>Terms as an operator gives them, a policy file or ODRL JSON, as ODRL JSON.</summary>
    public Result<string> ReadTerms(string text)
    {
        if (text.AsSpan().TrimStart().StartsWith("{"))
        {
            var vocabulary = library.Current.Vocabulary;
            var odrl = PolicyJson.Read(text, "terms", vocabulary, out var wrong);
            return wrong.IsEmpty ? OdrlJson.ToJson(odrl.Policy, vocabulary) : Refused([.. wrong.Select(f => f with { File = "terms" })], "give ODRL JSON with permission, prohibition or obligation");
        }

        var faults = new Faults();
        var read = DocumentReader.Read(DocumentReader.Open(new DocumentFile("terms", "/", text), time.GetUtcNow(), faults), library.Current.Vocabulary, faults);
        return faults.Count == 0 && read.Documents is [{ Content: PolicyDocument policy }]
            ? OdrlJson.ToJson(policy.Policy, policy.Vocabulary)
            : Refused(faults, "give a policy file with one document, or ODRL JSON");

        static Refusal Refused(IReadOnlyCollection<Fault> faults, string mend) =>
            Refusal.Malformed("terms", faults.Count > 0 ? string.Join(" | ", faults.Take(5)) : "is not one document of kind Policy", mend);
    }

    public void Dispose() => _one.Dispose();

    private void Publish(LibrarySnapshot snapshot)
    {
        library.Replace(snapshot);
        sources.LetGo();
    }

    private async ValueTask PrepareAsync(ReadDocument document, Dataset dataset, Faults faults, CancellationToken cancel)
    {
        // Files are hashed now, so that what cannot be read is said to the operator, and the first peer does not wait.
        if (await sources.CheckAsync(dataset.Source, dataset.ContentType, cancel) is { } unreadable)
        {
            faults.Add(document.Fault("source", unreadable.Message, unreadable.Mend ?? "check the path and its permissions"));
        }
    }

    // Agreements rest on what is known of their parties, which Peer documents say, and are read by the words of Vocabulary documents.
    private ImmutableArray<Effect> Reviews(IEnumerable<DocumentKey> changed, LibrarySnapshot next) =>
    [
        .. changed.SelectMany(key => key.Kind switch
            {
                DocumentKind.Peer => new[] { library.Current.FindPeer(key.Name), next.FindPeer(key.Name) },
                DocumentKind.Vocabulary => [.. library.Current.Peers, .. next.Peers],
                _ => [],
            })
            .OfType<PeerEntry>().Select(peer => peer.ParticipantId).Distinct(StringComparer.Ordinal)
            .Select(id => new Effect(ids.NewId(), $"peer#{id}", id, new ReviewAgreements(id), time.GetUtcNow())),
    ];

    private DocumentChange Change(Document document)
    {
        if (!library.Current.Documents.TryGetValue(document.Key, out var before))
        {
            return new DocumentChange(document.Kind, document.Name, ChangeKind.Created, LineDiff.Of("", document.Text));
        }

        return before.Text == document.Text && before.Folder == document.Folder
            ? new DocumentChange(document.Kind, document.Name, ChangeKind.Unchanged, "")
            : new DocumentChange(document.Kind, document.Name, ChangeKind.Changed, LineDiff.Of(before.Text, document.Text));
    }

    private static ReadDocuments Read(IEnumerable<Document> stored, ICollection<Fault> faults) =>
        DocumentReader.Read(stored.SelectMany(d => Stored(d, faults)), Vocabulary.BuiltIn, faults);

    private static IEnumerable<OpenDocument> Stored(Document document, ICollection<Fault> faults) =>
        DocumentReader.Open(new DocumentFile($"{document.Kind} '{document.Name}'", document.Folder, document.Text), document.AppliedAt, faults);
}

/// <summary>A file with documents.</summary>
/// <param name="Path">What faults call it.</param>
/// <param name="Folder">Absolute folder that relative paths in it start from.</param>
public sealed record DocumentFile(string Path, string Folder, string Text);

/// <summary>What an apply changed, or what is wrong.</summary>
public sealed record ApplyOutcome(ImmutableArray<DocumentChange> Changes, ImmutableArray<Fault> Faults);

/// <summary>What became of one document.</summary>
/// <param name="Diff">The lines that differ, '-' before and '+' after; empty when unchanged.</param>
public sealed record DocumentChange(DocumentKind Kind, string Name, ChangeKind Action, string Diff);

/// <summary>The kinds of change.</summary>
public enum ChangeKind
{
    Created,
    Changed,
    Unchanged,
    Deleted,
}
