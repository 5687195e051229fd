using Connector.ControlPlane;
using Connector.ControlPlane.Exchanges;
using Connector.Grpc.Peers;
using Google.Protobuf;
using V1 = Dataspace.Peer.V1;

namespace Connector.Grpc.Tests.Wire;

public sealed class ManifestPartTests
{
    [Fact]
    public async Task A_manifest_that_announces_more_files_than_come_is_refused() =>
        await RefusedAsync([Head(2), File()]);

    [Fact]
    public async Task A_manifest_of_more_files_than_announced_is_refused() =>
        await RefusedAsync([Head(1), File(), File(), File()]);

    [Fact]
    public async Task A_manifest_that_never_ends_is_refused_before_it_fills_the_memory()
    {
        var given = 0;

        await RefusedAsync(Endless());

        Assert.InRange(given, 1, 100);
        IEnumerable<V1.ManifestPart> Endless()
        {
            yield return Head(1);
            yield return File();
            var hashes = ByteString.CopyFrom(new byte[1024 * 1024]);
            while (true)
            {
                given++;
                yield return new V1.ManifestPart { ChunkHashes = hashes };
            }
        }
    }

    [Fact]
    public async Task A_manifest_of_too_many_files_is_refused() => await RefusedAsync([Head(int.MaxValue)]);

    private static V1.ManifestPart Head(int files) => new() { ContentType = "text/plain", FileCount = files };

    private static V1.ManifestPart File() => new() { File = new V1.ManifestFile { Path = "f" } };

    private static async Task RefusedAsync(IEnumerable<V1.ManifestPart> parts)
    {
        var error = await Assert.ThrowsAsync<ExchangeBrokenException>(async () => await ManifestWire.ReadAsync(parts.ToAsyncEnumerable(), default));

        Assert.Equal((RefusalKind.Malformed, "manifest"), (error.Refusal.Kind, error.Refusal.Field));
    }
}
