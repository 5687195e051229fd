using System.IO.Pipelines;
using Connector.Dsp.Data;

namespace Connector.Dsp.Tests.Data;

public sealed class SpoolTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("connector-spool-");

    [Fact]
    public async Task Two_pushes_of_one_transfer_never_mix_and_nobody_else_reads_what_arrives()
    {
        var options = new HttpDataOptions { SpoolFolder = Path.Combine(_folder.FullName, "spool"), SnapshotFolder = "" };
        var (first, second) = (new Spool(options, null!, "t"), new Spool(options, null!, "t"));
        var arriving = new Pipe();
        first.Begin(null);
        var appended = first.AppendAsync(arriving.Reader.AsStream().ReadAsync, static () => { }, TestContext.Current.CancellationToken).AsTask();
        await arriving.Writer.WriteAsync(new byte[] { 1, 2, 3 }, TestContext.Current.CancellationToken);

        Assert.ThrowsAny<IOException>(() => second.Begin(null));
        await arriving.Writer.CompleteAsync();
        await appended;

        Assert.Equal(3, first.Length);
        Assert.All(Directory.EnumerateDirectories(options.SpoolFolder), spool =>
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, new DirectoryInfo(spool).UnixFileMode));
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
