using Connector.ControlPlane;
using Connector.ControlPlane.Exchanges;

namespace Connector.DataPlane.Sinks;

/// <summary>Why something was not received.</summary>
internal static class SinkRefusals
{
    public static Refusal TargetNotAbsolute { get; } = Refusal.Malformed("target", "is not an absolute path", "name a file or folder by its absolute path");

    public static Refusal TargetExists(string target) =>
        new(RefusalKind.Malformed, "target-exists", $"{target} exists already and is not what would be received", "target", "choose another path, or delete it first");

    public static Refusal Busy { get; } =
        new(RefusalKind.Unavailable, "transfer-busy", "this transfer is being received at this moment", null, "wait until it has ended");

    public static Refusal DiskFull(long needed, long free) =>
        new(RefusalKind.Exhausted, "disk-full", $"{needed} bytes are still to come and {free} are free where the target lies", "target", "free space there, or choose another path, and request the transfer again");

    public static Refusal Unwritable(Exception e) =>
        new(RefusalKind.Internal, "target-unwritable", $"the target cannot be written: {e.Message}", "target", "check that its folder may be written and its disk is well");

    public static Refusal ChunkMismatch(ManifestFile file, int chunk) =>
        new(RefusalKind.Forbidden, "chunk-mismatch", $"chunk {chunk} of '{file.Path}' is not what the manifest says", null, "request the transfer again; if it stays so, the provider's data or the way here is faulty");

    public static Refusal FileMismatch(ManifestFile file) =>
        new(RefusalKind.Forbidden, "file-mismatch", $"each chunk of '{file.Path}' is right and the whole is not: its manifest contradicts itself", null, "have the provider publish the dataset again");

    public static Refusal OutOfOrder(int file, int chunk) =>
        new(RefusalKind.Forbidden, "piece-out-of-order", $"a piece said to be of file {file}, chunk {chunk} does not follow what came before it", null, "have the provider's connector looked at: it does not keep to the exchange's order");

    public static Refusal TooShort { get; } =
        new(RefusalKind.Unavailable, "stream-ended-early", "the stream ended before the dataset did", null, "it goes on from the last whole chunk when opened again");
}
