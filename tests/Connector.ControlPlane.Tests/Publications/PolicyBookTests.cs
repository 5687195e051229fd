using Connector.ControlPlane.Publications;
using Connector.Policies;

namespace Connector.ControlPlane.Tests.Publications;

public sealed class PolicyBookTests
{
    private const string Terms = """{"permission":[{"action":"use","constraint":[{"leftOperand":"https://example.com/terms/supplierTier","operator":"lteq","rightOperand":"1"}]}]}""";

    [Fact]
    public void A_peers_policy_is_read_by_the_words_that_are_applied_now()
    {
        var library = new Library();
        var book = new PolicyBook(library, TimeProvider.System);

        Assert.False(book.TryGet(Terms, out _, out var unknown));
        Assert.Contains("permission[0].constraint[0].leftOperand: 'https://example.com/terms/supplierTier' is not known", unknown, StringComparison.Ordinal);

        library.Replace(new LibrarySnapshot([], [], [], []) { Vocabulary = Words("number") });
        Assert.True(book.TryGet(Terms, out var policy, out _));
        Assert.True(Permits(policy, "1.0"));
        Assert.False(Permits(policy, "2"));

        library.Replace(LibrarySnapshot.Empty);
        Assert.False(book.TryGet(Terms, out _, out _));
    }

    private static bool Permits(KnownPolicy policy, string tier) => policy.Compiled.Permits(EnforcementPoint.Catalog, new Facts
    {
        ParticipantId = "did:web:a.example",
        Now = DateTimeOffset.UnixEpoch,
        Claims = new Dictionary<string, Claim> { ["tier"] = new Claim([tier], "test") },
    });

    private static Vocabulary Words(string type)
    {
        var faults = new List<Fault>();
        var file = new DocumentFile("words.yaml", "/", $"apiVersion: connector/v1\nkind: Vocabulary\nname: v\noperands: [ {{ word: supplierTier, claim: tier, type: {type}, iri: 'https://example.com/terms/supplierTier' }} ]\n");
        var read = DocumentReader.Read(DocumentReader.Open(file, default, faults), Vocabulary.BuiltIn, faults);
        Assert.Empty(faults);
        return read.Vocabulary;
    }
}
