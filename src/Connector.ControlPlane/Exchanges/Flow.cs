using System.Runtime.CompilerServices;
using Connector.ControlPlane.Agreements;
using Connector.ControlPlane.Participants;
using Connector.ControlPlane.Publications;
using Connector.Policies;

namespace Connector.ControlPlane.Exchanges;

/// <summary>The provider's side of one running pull: where its bytes are, and the right to go on, asked at each chunk boundary.</summary>
public sealed class Flow : IDisposable
{
    private readonly Agreement _agreement;
    private readonly Peer _caller;
    private readonly string _format;
    private readonly AgreementGate _agreementGate;
    private readonly IDataSources _sources;
    private readonly Dataset _dataset;
    private readonly FlowGate _gate;
    private readonly TimeProvider _time;
    private DateTimeOffset _recheckAt = DateTimeOffset.MinValue;
    private Manifest? _manifest;

    internal Flow(Agreement agreement, Peer caller, string format, AgreementGate agreementGate, IDataSources sources, Dataset dataset, FlowGate gate, TimeProvider time) =>
        (_agreement, _caller, _format, _agreementGate, _sources, _dataset, _gate, _time) = (agreement, caller, format, agreementGate, sources, dataset, gate, time);

    public DataSource Source => _dataset.Source;

    /// <summary>What the dataset consists of, once it has been described.</summary>
    public Manifest Manifest => _manifest ?? throw new InvalidOperationException("the dataset was not described");

    /// <summary>Fires when the transfer or its agreement ends, so that a write to a reader that has stopped reading ends too.</summary>
    public CancellationToken Cancelled => _gate.Cancelled;

    /// <summary>Why it was cut; null while it may go on.</summary>
    public Refusal? CutBy => _gate.Reason;

    /// <summary>Computes the manifest. Whoever passes a source's answers on as they come does without.</summary>
    public async ValueTask<Result<Flow>> DescribeAsync(CancellationToken cancel)
    {
        if (!(await _sources.DescribeAsync(Source, _dataset.ContentType, cancel)).Try(out var manifest, out var refusal))
        {
            return refusal;
        }

        _manifest = manifest;
        return this;
    }

    /// <summary>The bytes from a point on.</summary>
    /// <exception cref="ExchangeBrokenException">The transfer or its agreement ended, the policy no longer permits it, or the source changed.</exception>
    public async IAsyncEnumerable<Piece> ReadAsync(ResumePoint from, [EnumeratorCancellation] CancellationToken cancel)
    {
        Check();
        await foreach (var piece in SourcePieces.Of(_sources, Source, Manifest, from, cancel))
        {
            yield return piece;
            if (piece.EndsChunk)
            {
                Check();
            }
        }
    }

    /// <summary>Asks whether the stream may go on: cheap enough for each piece of it.</summary>
    /// <exception cref="ExchangeBrokenException">The transfer or its agreement ended, or the policy no longer permits it.</exception>
    public void Check()
    {
        if (_gate.Reason is { } cut)
        {
            throw new ExchangeBrokenException(cut);
        }

        // The policy is asked again only once its verdict can have changed: between two such instants a field read and a comparison suffice.
        if (_time.GetUtcNow() < _recheckAt)
        {
            return;
        }

        var judged = _agreementGate.Judge(_agreement, _caller, EnforcementPoint.During, _format);
        if (judged.Refusal is { } denied)
        {
            throw new ExchangeBrokenException(denied);
        }

        _recheckAt = judged.Verdict?.ChangesAt ?? DateTimeOffset.MaxValue;
    }

    public void Dispose() => _gate.Dispose();
}
