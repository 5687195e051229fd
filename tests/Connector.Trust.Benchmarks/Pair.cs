using System.Collections.Immutable;
using Connector.ControlPlane.Participants;
using Connector.Policies;
using Connector.Trust.Keys;
using Connector.Trust.Signing;
using Connector.Trust.Tokens;
using Microsoft.Extensions.Logging.Abstractions;

namespace Connector.Trust.Benchmarks;

/// <summary>A caller and a callee that pinned its keys, both with keys on disk.</summary>
internal sealed class Pair : IPeerDirectory, IDisposable
{
    private const string Caller = "did:web:cells.example";
    private const string Callee = "did:web:cathode.example";
    private const string Agreement = """
        {"@type":"Agreement","@id":"urn:uuid:0190f0a2-7c1e-7000-8000-000000000001","assigner":"did:web:cathode.example","assignee":"did:web:cells.example",
        "target":"urn:uuid:0190f0a2-7c1e-7000-8000-000000000002","timestamp":"2026-11-24T09:00:00Z","permission":[{"action":"use","constraint":[
        {"leftOperand":"purpose","operator":"isAnyOf","rightOperand":["pcf-calculation","regulatory-reporting"]},
        {"leftOperand":"dateTime","operator":"lt","rightOperand":"2029-04-01T00:00:00+09:00"}]}],"prohibition":[{"action":"use","constraint":[
        {"leftOperand":"purpose","operator":"eq","rightOperand":"ai-training"}]}]}
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("connector-trust-").FullName;
    private readonly List<string> _kept = [];
    private readonly TokenSource _tokens;
    private readonly PeerAuthenticator _authenticator;
    private readonly Signatures _signer;
    private readonly Signatures _verifier;
    private readonly PeerEntry _caller;
    private readonly PeerEntry _callee;
    private readonly string _jws;

    public Pair()
    {
        var options = new TokenOptions();
        var callerKeys = Keys(Caller);
        var calleeKeys = Keys(Callee);
        _caller = Entry("cells", callerKeys);
        _callee = Entry("cathode", calleeKeys);
        var peerKeys = new PeerKeys(NullLogger<PeerKeys>.Instance);
        _tokens = new TokenSource(new SelfIssuedTokens(callerKeys, new Ids(TimeProvider.System), TimeProvider.System, options, static () => null), []);
        _authenticator = new PeerAuthenticator(this, new PinnedTokens(Callee, peerKeys, TimeProvider.System, options), [], options);
        _signer = new Signatures(callerKeys, this, peerKeys);
        _verifier = new Signatures(calleeKeys, this, peerKeys);
        _jws = _signer.SignJson(Agreement);
    }

    public IReadOnlyCollection<PeerEntry> All => [_caller, _callee];

    public PeerEntry? ById(string participantId) => participantId == Caller ? _caller : participantId == Callee ? _callee : null;

    public PeerEntry? Find(string nameOrId) => ById(nameOrId);

    public async ValueTask<string> TokenAsync() => (await _tokens.TokenForAsync(_callee, default)).Value;

    public void Keep(string token) => _kept.Add(token);

    public string Kept(int index) => _kept[index];

    public async ValueTask ValidateAsync(string token)
    {
        if ((await _authenticator.AuthenticateAsync(token, null, default)).Refusal is { } refusal)
            throw new InvalidOperationException(refusal.ToString());
    }

    public ValueTask SignAsync()
    {
        _signer.SignJson(Agreement);
        return ValueTask.CompletedTask;
    }

    public ValueTask VerifyAsync() =>
        _verifier.VerifyJson(Caller, Agreement, _jws) is { } fault ? throw new InvalidOperationException(fault) : ValueTask.CompletedTask;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static PeerEntry Entry(string name, KeyRing keys) =>
        new(name, keys.ParticipantId, null, null, keys.PublicJwks, [], PinnedTokens.Domain, ImmutableDictionary<string, Claim>.Empty);

    private KeyRing Keys(string id)
    {
        var folder = Path.Combine(_folder, id);
        KeyFolder.Create(folder);
        return new KeyRing(id, folder, TimeProvider.System, NullLogger<KeyRing>.Instance);
    }
}
