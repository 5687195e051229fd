namespace Connector.Benchmarks;

/// <summary>How fast bytes went from one process to another, and what that cost.</summary>
/// <param name="MegabytesPerSecond">Of 1,000,000 bytes.</param>
/// <param name="SenderMs">Processor time of the sender, milliseconds a 1,000 MB.</param>
/// <param name="ReceiverMs">The same of the receiver.</param>
internal readonly record struct Rate(double MegabytesPerSecond, double SenderMs, double ReceiverMs)
{
    public static Rate Of(long bytes, double seconds, double senderMs, double receiverMs) => new(bytes / seconds / 1e6, senderMs / bytes * 1e9, receiverMs / bytes * 1e9);

    public override string ToString() => $"{MegabytesPerSecond:0} MB/s (CPU a GB: sender {SenderMs:0} ms, receiver {ReceiverMs:0} ms)";
}
