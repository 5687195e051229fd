using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Connector.ControlPlane.Negotiations;
using Connector.ControlPlane.Participants;
using Connector.Policies;

namespace Connector.ControlPlane.Publications;

/// <summary>ODRL JSON texts and what they mean: each text is parsed and compiled once for a vocabulary. Peers send the same few policies over and over.</summary>
public sealed class PolicyBook(Library library, TimeProvider time)
{
    private const int Capacity = 4096;

    private readonly ConcurrentDictionary<(string Json, Vocabulary Vocabulary), KnownPolicy> _known = new();

    /// <summary>The policy that a JSON text states.</summary>
    /// <param name="fault">What is wrong with the text, in words.</param>
    public bool TryGet(string json, [NotNullWhen(true)] out KnownPolicy? policy, [NotNullWhen(false)] out string? fault)
    {
        fault = null;
        var vocabulary = library.Current.Vocabulary;
        if (_known.TryGetValue((json, vocabulary), out policy))
        {
            return true;
        }

        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = 32 });
            if (!OdrlJson.TryRead(document.RootElement, out var read, out var faults, vocabulary))
            {
                fault = string.Join("; ", faults.Take(5));
                return false;
            }

            policy = new KnownPolicy(read, CompiledPolicy.Compile(read, vocabulary), json) { Vocabulary = vocabulary };
        }
        catch (JsonException e)
        {
            fault = $"is not JSON: line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}";
            return false;
        }

        // Whoever sends ever new policies only makes us forget old ones.
        if (_known.Count >= Capacity)
        {
            _known.Clear();
        }

        _known[(json, vocabulary)] = policy;
        return true;
    }

    /// <summary>What is wrong with the rules of an Offer, Agreement or Set, each with its line and column.</summary>
    public ImmutableArray<Fault> FaultsOf(string document)
    {
        PolicyJson.Read(document, "", library.Current.Vocabulary, out var faults);
        return faults;
    }

    /// <summary>Whether two texts state the same rules.</summary>
    public bool Same(string one, string other) =>
        one == other || (TryGet(one, out var a, out _) && TryGet(other, out var b, out _) && a.Policy.Equals(b.Policy));

    /// <summary>What is known of a caller.</summary>
    public Facts Facts(Peer caller, ImmutableArray<string> purposes, DateTimeOffset? agreedAt) => new()
    {
        ParticipantId = caller.ParticipantId,
        Claims = caller.Claims,
        Now = time.GetUtcNow(),
        Purposes = purposes,
        AgreementSignedAt = agreedAt,
    };

    /// <summary>When time can first change what a text permits under an agreement on it: now, when nothing is permitted any more; null when time changes nothing.</summary>
    public DateTimeOffset? ChangesAt(string json, DateTimeOffset signedAt)
    {
        var moment = Moment(signedAt);
        return !TryGet(json, out var policy, out _) ? null
            : policy.Compiled.IsOver(EnforcementPoint.During, moment) ? moment.Now
            : policy.Compiled.NextChange(moment);
    }

    /// <summary>All that is known when nothing but time is: the present moment, and when the agreement was signed.</summary>
    public Facts Moment(DateTimeOffset signedAt) => new() { ParticipantId = "", Claims = FrozenDictionary<string, Claim>.Empty, Now = time.GetUtcNow(), AgreementSignedAt = signedAt, TimeAlone = true };

    /// <summary>
    /// The purposes a consumer has declared: those it named, else those of the terms it sent or accepted, since by them it binds itself.
    /// </summary>
    public ImmutableArray<string> Purposes(Negotiation negotiation) => !negotiation.Purposes.IsDefaultOrEmpty
        ? negotiation.Purposes
        : TryGet(negotiation.Terms.Policy, out var policy, out _) ? policy.Policy.DeclaredPurposes : [];

    /// <summary>The refusal that a peer is told; null for a permit.</summary>
    public static Refusal? Denied(Verdict verdict) => verdict.Permitted
        ? null
        : new Refusal(RefusalKind.PolicyDenied, verdict.ReasonCode ?? "policy-denied", verdict.PeerReason, null, "meet the named condition, or ask the provider");

    /// <summary>The verdict for our own eyes, as JSON.</summary>
    public static string Explain(Verdict verdict) => verdict.ToJson();
}
