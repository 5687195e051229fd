using Microsoft.Extensions.Time.Testing;

namespace Connector.Trust.Tests;

/// <summary>Two companies of which one, cells, calls the other, cathode, and is known to it by its document.</summary>
public abstract class TwoParties : IDisposable
{
    private protected readonly FakeTimeProvider _time = new(Party.Start);
    private protected readonly Party _cells;
    private protected readonly Party _cathode;

    /// <param name="presents">Whether the caller shows its certificate, and its document pins it.</param>
    private protected TwoParties(bool presents)
    {
        _cells = new Party("cells", _time, presents: presents);
        _cathode = new Party("cathode", _time);
        _cathode.Peers.Apply(_cells.Document(pinCertificate: presents));
    }

    public void Dispose()
    {
        _cells.Dispose();
        _cathode.Dispose();
        GC.SuppressFinalize(this);
    }
}
