using Connector.ControlPlane.Exchanges;

namespace Connector.DataPlane.Receiver;

/// <summary>Says how far it is.</summary>
internal sealed class Spoken : IProgress<ExchangeProgress>
{
    public void Report(ExchangeProgress value) => Console.WriteLine($"bytes {value.Bytes}");
}
