using Connector.ControlPlane.Exchanges;

namespace Connector.Dsp.Sources;

/// <summary>A source's body as it comes: no longer than is taken, with no long silence, and no slower than a trickle. Only the waiting for the source counts, not for whoever reads.</summary>
internal sealed class SourceBody(Stream body, long most, TimeSpan stall, TimeProvider time)
{
    /// <summary>A source that has made this connector wait so long must have sent in that time…</summary>
    private static readonly TimeSpan s_grace = TimeSpan.FromMinutes(1);

    /// <summary>…so many bytes a second.</summary>
    private const int Slowest = 256;

    private TimeSpan _waited;

    /// <summary>Bytes that came.</summary>
    public long Length { get; private set; }

    /// <summary>The next bytes; 0 at the end.</summary>
    /// <exception cref="ExchangeBrokenException">It broke off, is too long, or too slow.</exception>
    public async ValueTask<int> ReadAsync(Memory<byte> into, CancellationToken cancel)
    {
        var begun = time.GetTimestamp();
        using var patience = Patience.Started(stall, time, cancel);
        int read;
        try
        {
            read = await body.ReadAsync(into, patience.Token);
        }
        catch (OperationCanceledException) when (patience.IsOver && !cancel.IsCancellationRequested)
        {
            throw new ExchangeBrokenException(SourceRefusals.TooSlow);
        }
        catch (Exception e) when (e is IOException or HttpRequestException && !cancel.IsCancellationRequested)
        {
            throw new ExchangeBrokenException(SourceRefusals.BrokeOff);
        }

        _waited += time.GetElapsedTime(begun);
        Length += read;
        return Length > most ? throw new ExchangeBrokenException(SourceRefusals.TooLarge(most))
            : read > 0 && _waited > s_grace && Length < _waited.TotalSeconds * Slowest ? throw new ExchangeBrokenException(SourceRefusals.TooSlow)
            : read;
    }
}
