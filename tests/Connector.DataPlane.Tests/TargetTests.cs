using Connector.ControlPlane;
using Connector.DataPlane.Sinks;

namespace Connector.DataPlane.Tests;

public sealed class TargetTests
{
    private const int Chunk = 1 << 20;

    [Fact]
    public async Task An_equal_target_is_done_without_fetching()
    {
        using var exchange = new Exchange();
        var stream = exchange.Stream(exchange.File(Exchange.Bytes(100)));
        await exchange.ReceiveAsync(stream);
        Assert.Null((await exchange.ReceiveAsync(stream)).Refusal);
        Assert.Single(stream.Asked);

        using var tree = new Exchange();
        stream = tree.Stream(tree.Tree(("a", [1]), ("b/c", [2])));
        await tree.ReceiveAsync(stream);
        Assert.Null((await tree.ReceiveAsync(stream)).Refusal);
        Assert.Single(stream.Asked);
    }

    [Theory]
    [InlineData("target")]
    [InlineData("target/other")]
    public async Task A_different_target_is_never_overwritten(string existing)
    {
        using var exchange = new Exchange();
        exchange.Folder.Write("in/" + existing, [9, 9]);
        var tree = exchange.Stream(exchange.Tree(("other", [1, 2]), ("x", [3])));
        Assert.Equal("target-exists", (await exchange.ReceiveAsync(tree)).Refusal?.Code);
        Assert.Empty(tree.Asked);
        Assert.Equal([9, 9], await File.ReadAllBytesAsync(exchange.Folder["in/" + existing]));

        var file = exchange.Stream(exchange.File([1, 2]));
        Assert.Equal("target-exists", (await exchange.ReceiveAsync(file, exchange.Folder["in/" + existing])).Refusal?.Code);
        Assert.Equal([9, 9], await File.ReadAllBytesAsync(exchange.Folder["in/" + existing]));
    }

    [Fact]
    public async Task A_file_of_the_same_size_and_other_content_is_another()
    {
        using var exchange = new Exchange();
        exchange.Folder.Write("in/target", [1, 2, 4]);
        Assert.Equal("target-exists", (await exchange.ReceiveAsync(exchange.Stream(exchange.File([1, 2, 3])))).Refusal?.Code);
        Assert.Equal([1, 2, 4], await File.ReadAllBytesAsync(exchange.Target));
    }

    [Fact]
    public async Task A_file_larger_than_one_reading_is_compared_to_its_end()
    {
        using var exchange = new Exchange();
        var content = Exchange.Bytes((3 * 256 * 1024) + 1);
        var stream = exchange.Stream(exchange.File(content));
        exchange.Folder.Write("in/target", content);
        Assert.Null((await exchange.ReceiveAsync(stream)).Refusal);
        content[^1] ^= 1;
        exchange.Folder.Write("in/target", content);
        Assert.Equal("target-exists", (await exchange.ReceiveAsync(stream)).Refusal?.Code);
        Assert.Empty(stream.Asked);
    }

    [Theory]
    [InlineData("a", "b", "c")]
    [InlineData("a")]
    [InlineData("a", "c")]
    public async Task A_folder_with_a_file_more_or_less_or_of_another_name_is_another(params string[] existing)
    {
        using var exchange = new Exchange();
        Array.ForEach(existing, name => exchange.Folder.Write($"in/target/{name}", [1]));
        var stream = exchange.Stream(exchange.Tree(("a", [1]), ("b", [1])));
        Assert.Equal("target-exists", (await exchange.ReceiveAsync(stream)).Refusal?.Code);
        Assert.Empty(stream.Asked);
    }

    [Fact]
    public async Task A_dataset_of_no_files_is_done_when_its_folder_is_empty()
    {
        using var exchange = new Exchange();
        var stream = exchange.Stream(exchange.Tree());
        Assert.Null((await exchange.ReceiveAsync(stream)).Refusal);
        Assert.Empty(Directory.GetFileSystemEntries(exchange.Target));
        Directory.SetLastWriteTimeUtc(exchange.Target, DateTime.UnixEpoch);
        Assert.Null((await exchange.ReceiveAsync(stream)).Refusal);
        Assert.Equal(DateTime.UnixEpoch, Directory.GetLastWriteTimeUtc(exchange.Target)); // the very folder
    }

    [Fact]
    public async Task A_link_that_leads_nowhere_is_not_replaced()
    {
        using var exchange = new Exchange();
        Directory.CreateDirectory(exchange.Folder["in"]);
        File.CreateSymbolicLink(exchange.Target, exchange.Folder["nowhere"]);
        Assert.Equal("target-exists", (await exchange.ReceiveAsync(exchange.Stream(exchange.File([1])))).Refusal?.Code);
        Assert.Equal("target-exists", (await exchange.ReceiveAsync(exchange.Stream(exchange.Tree(("a", [1]), ("b", [1]))))).Refusal?.Code);
        Assert.Equal(exchange.Folder["nowhere"], new FileInfo(exchange.Target).LinkTarget);
    }

    [Fact]
    public async Task A_link_to_an_equal_folder_is_not_that_folder()
    {
        using var exchange = new Exchange();
        var stream = exchange.Stream(exchange.Tree(("a", [1]), ("b", [1])));
        Directory.CreateDirectory(exchange.Folder["in"]);
        Directory.CreateSymbolicLink(exchange.Target, exchange.Folder["out/tree"]);
        Assert.Equal("target-exists", (await exchange.ReceiveAsync(stream)).Refusal?.Code);
        Assert.Empty(stream.Asked);
    }

    [Fact]
    public async Task A_folder_where_a_file_is_to_come_is_another()
    {
        using var exchange = new Exchange();
        Directory.CreateDirectory(exchange.Folder["in/target/source.bin"]);
        Assert.Equal("target-exists", (await exchange.ReceiveAsync(exchange.Stream(exchange.File([1])))).Refusal?.Code);
    }

    [Fact]
    public async Task A_target_that_appears_meanwhile_is_not_overwritten()
    {
        using var exchange = new Exchange();
        var stream = new SourceStream(exchange.Sources, exchange.File(Exchange.Bytes(Chunk))) { Watch = _ => exchange.Folder.Write("in/target", [7]) };
        Assert.Equal("target-exists", (await exchange.ReceiveAsync(stream)).Refusal?.Code);
        Assert.Equal([7], await File.ReadAllBytesAsync(exchange.Target));
    }

    [Fact]
    public async Task An_empty_folder_gives_way_to_a_folder()
    {
        using var exchange = new Exchange();
        Directory.CreateDirectory(exchange.Target);
        Assert.Null((await exchange.ReceiveAsync(exchange.Stream(exchange.Tree(("a", [1]), ("b", [2]))))).Refusal);
        Assert.Equal([2], await File.ReadAllBytesAsync(Path.Combine(exchange.Target, "b")));
    }

    [Fact]
    public async Task A_disk_without_room_refuses_ahead_of_the_bytes()
    {
        using var exchange = new Exchange { Sinks = new DataSinks(_ => Chunk - 1) };
        var stream = exchange.Stream(exchange.File(Exchange.Bytes(Chunk)));
        var refusal = (await exchange.ReceiveAsync(stream)).Refusal!;
        Assert.Equal(("disk-full", RefusalKind.Exhausted), (refusal.Code, refusal.Kind));
        Assert.Contains("1048576 bytes are still to come and 1048575 are free", refusal.Message, StringComparison.Ordinal);
        Assert.Empty(stream.Asked);
    }

    [Fact]
    public async Task Room_is_asked_only_for_what_is_still_to_come()
    {
        using var exchange = new Exchange { Sinks = new DataSinks(_ => 3 * Chunk) };
        var source = exchange.File(Exchange.Bytes(3 * Chunk));
        var stream = exchange.Stream(source);
        stream.BreakAfter = 33;
        Assert.Same(SourceStream.Cut, (await exchange.ReceiveAsync(stream)).Refusal);
        stream.BreakAfter = null;
        Assert.Null((await new DataSinks(_ => Chunk).ReceiveAsync(Exchange.TransferId, exchange.Target, stream, null, default)).Refusal);
    }

    [Fact]
    public async Task A_target_that_cannot_be_written_is_a_clear_refusal()
    {
        using var exchange = new Exchange();
        exchange.Folder.Write("in", [1]);
        var refusal = (await exchange.ReceiveAsync(exchange.Stream(exchange.File([1])))).Refusal;
        Assert.Equal("target-unwritable", refusal?.Code);
    }

    [Fact]
    public async Task A_relative_target_is_refused()
    {
        using var exchange = new Exchange();
        var refusal = (await exchange.ReceiveAsync(exchange.Stream(exchange.File([1])), "here")).Refusal;
        Assert.Equal("target", refusal?.Field);
    }
}
