using System.Collections.Immutable;
using Connector.ControlPlane.Participants;
using Connector.ControlPlane.Stores;

namespace Connector.ControlPlane.Evidence;

/// <summary>Checks the evidence log from its first entry to its signed head.</summary>
public sealed class EvidenceService(IEvidenceStore evidence, IAgreementStore agreements, ISignatures signatures)
{
    /// <summary>Faults after which checking stops: a broken log is not worth a million lines.</summary>
    private const int MaxFaults = 100;

    /// <summary>Finds every changed, removed or inserted entry, and agreements and fulfilled duties, whether in force or ended, without an entry that says the same.</summary>
    public async ValueTask<EvidenceReport> VerifyAsync(CancellationToken cancel)
    {
        var faults = ImmutableArray.CreateBuilder<EvidenceFault>();
        var previous = EvidenceChain.Genesis;
        var expected = 1L;

        // Agreements first, then the entries, then the head: what proves the one was committed with it or before it, so an entry
        // beyond the head was not written by this connector.
        var unproven = new Unproven();
        await foreach (var agreement in agreements.AllAsync(cancel))
        {
            unproven.Add(agreement);
        }

        await ReadAsync(long.MinValue, long.MaxValue);
        var head = await evidence.HeadAsync(cancel);

        // What was appended while the first reading went on.
        await ReadAsync(expected, head?.Sequence ?? 0);

        var count = expected - 1;
        if (Head(head, count, previous) is { } wrong)
        {
            faults.Add(wrong);
        }

        await foreach (var fault in unproven.FaultsAsync(agreements, cancel))
        {
            if (faults.Count >= MaxFaults)
            {
                break;
            }

            faults.Add(fault);
        }

        return new EvidenceReport(count, faults.ToImmutable());

        async ValueTask ReadAsync(long from, long to)
        {
            await foreach (var entry in evidence.ReadAsync(from, cancel))
            {
                if (entry.Sequence > to || faults.Count >= MaxFaults)
                {
                    return;
                }

                faults.AddRange(Check(entry, expected, previous));
                unproven.Remove(entry.Draft);
                previous = entry.Hash;
                expected = entry.Sequence + 1;
            }
        }
    }

    private IEnumerable<EvidenceFault> Check(EvidenceEntry entry, long expected, byte[] previous)
    {
        if (entry.Sequence != expected)
        {
            yield return new EvidenceFault(entry.Sequence, entry.Sequence > expected
                ? $"entries {expected} to {entry.Sequence - 1} are missing"
                : $"the entry is out of order: expected number {expected}");
        }
        else if (!entry.PreviousHash.AsSpan().SequenceEqual(previous))
        {
            yield return new EvidenceFault(entry.Sequence, "it does not continue the entry before it: one of the two was inserted, removed or changed");
        }

        if (!entry.Hash.AsSpan().SequenceEqual(EvidenceChain.HashOf(entry.Sequence, entry.Draft, entry.PreviousHash)))
        {
            yield return new EvidenceFault(entry.Sequence, "its content was changed: it does not match its hash");
        }
        else if (!signatures.VerifyHash(entry.Hash, entry.Signature))
        {
            yield return new EvidenceFault(entry.Sequence, "its signature is not ours: the entry was made by somebody else");
        }
    }

    private EvidenceFault? Head(EvidenceHead? head, long count, byte[] last)
    {
        if (head is null)
        {
            return count == 0 ? null : new EvidenceFault(count, "the signed head of the log is missing");
        }

        if (!signatures.VerifyHash(EvidenceChain.HeadHash(head.Sequence, head.Hash), head.Signature))
        {
            return new EvidenceFault(head.Sequence, "the signature of the log's head is not ours");
        }

        return head.Sequence != count ? new EvidenceFault(count, $"the log ends at {count}, but its signed head says {head.Sequence}")
            : count > 0 && !head.Hash.AsSpan().SequenceEqual(last) ? new EvidenceFault(count, "the last entry is not the one that the signed head names")
            : null;
    }
}

/// <summary>What a check of the log found.</summary>
/// <param name="Entries">How many entries there are.</param>
public sealed record EvidenceReport(long Entries, ImmutableArray<EvidenceFault> Faults)
{
    public bool Intact => Faults.IsEmpty;
}

/// <summary>One thing wrong with the log.</summary>
/// <param name="Sequence">At which entry; 0 for none in particular.</param>
public sealed record EvidenceFault(long Sequence, string What);
