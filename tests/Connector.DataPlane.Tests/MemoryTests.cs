using Connector.ControlPlane.Publications;

namespace Connector.DataPlane.Tests;

/// <summary>Runs when no other test does.</summary>
[CollectionDefinition(DisableParallelization = true)]
public sealed class AloneCollection;

[Collection<AloneCollection>]
public sealed class MemoryTests
{
    private const long Size = 1L << 30;
    private const long Most = 16 * 1024 * 1024;

    // Memory is measured for the whole process, so nothing else may run beside it.
    [Fact]
    public async Task A_gibibyte_takes_no_more_memory_than_a_few_buffers()
    {
        using var exchange = new Exchange();
        Directory.CreateDirectory(exchange.Folder["out"]);
        var source = new DataSource("file", exchange.Folder["out/huge"]);
        using (var file = File.OpenHandle(source.Location, FileMode.CreateNew, FileAccess.Write))
        {
            RandomAccess.SetLength(file, Size);
        }

        var allocatedBefore = GC.GetTotalAllocatedBytes(precise: true);
        var highest = 0L;
        var pieces = 0;
        var liveBefore = GC.GetTotalMemory(forceFullCollection: true);
        var stream = new SourceStream(exchange.Sources, source)
        {
            Watch = _ =>
            {
                if (++pieces % 1024 == 0)
                {
                    highest = Math.Max(highest, GC.GetTotalMemory(forceFullCollection: true) - liveBefore);
                }
            },
        };
        Assert.Null((await exchange.ReceiveAsync(stream)).Refusal);
        Assert.Equal(Size, new FileInfo(exchange.Target).Length);
        Assert.InRange(highest, 0, Most);

        // What is allocated and let go counts too: a new buffer for each block would come to the whole size.
        Assert.InRange(GC.GetTotalAllocatedBytes(precise: true) - allocatedBefore, 0, Size / 32);
    }
}
