using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using Connector.ControlPlane.Agreements;
using Connector.ControlPlane.Stores;
using Connector.Policies;

namespace Connector.ControlPlane.Evidence;

/// <summary>
/// Agreements and fulfilled duties for which no entry of the log was seen yet. Of each only the first half of a SHA-256 is kept, for there may be a million; who is left at the end
/// is looked up again.
/// </summary>
internal sealed class Unproven
{
    private readonly HashSet<UInt128> _left = [];

    public void Add(Agreement agreement)
    {
        _left.Add(Of(agreement));
        foreach (var duty in agreement.Duties)
        {
            _left.Add(Of(EvidencePayloads.Fulfilled(agreement, duty)));
        }
    }

    public void Remove(EvidenceDraft entry)
    {
        switch (entry.Kind)
        {
            case EvidenceKind.Agreement:
                _left.Remove(Of(entry.Subject));
                break;
            case EvidenceKind.Fulfilment:
                _left.Remove(Of(entry));
                break;
        }
    }

    /// <summary>What is left, agreements before duties.</summary>
    public async IAsyncEnumerable<EvidenceFault> FaultsAsync(IAgreementStore agreements, [EnumeratorCancellation] CancellationToken cancel)
    {
        if (_left.Count == 0)
        {
            yield break;
        }

        await foreach (var agreement in agreements.AllAsync(cancel))
        {
            if (_left.Contains(Of(agreement)))
            {
                yield return new EvidenceFault(0, $"no entry proves agreement {agreement.Id}");
            }
        }

        await foreach (var agreement in agreements.AllAsync(cancel))
        {
            foreach (var duty in agreement.Duties.Where(duty => _left.Contains(Of(EvidencePayloads.Fulfilled(agreement, duty)))))
            {
                yield return new EvidenceFault(0, $"agreement {agreement.Id} says that its duty {duty.Duty} was fulfilled on {Spans.Text(duty.At)}, but no entry proves it");
            }
        }
    }

    private static UInt128 Of(Agreement agreement) => Of(agreement.Id);

    private static UInt128 Of(string agreement) => BinaryPrimitives.ReadUInt128BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(agreement)));

    // All that the entry says, at no place in the chain.
    private static UInt128 Of(EvidenceDraft fulfilment) => BinaryPrimitives.ReadUInt128BigEndian(EvidenceChain.HashOf(0, fulfilment, EvidenceChain.Genesis));
}
