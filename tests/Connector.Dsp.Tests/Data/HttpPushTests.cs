using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using Connector.ControlPlane;
using Connector.ControlPlane.Exchanges;
using Connector.ControlPlane.Participants;
using Connector.ControlPlane.Publications;
using Connector.ControlPlane.Stores;
using Connector.ControlPlane.Transfers;
using Connector.Dsp.Data;
using Connector.Dsp.Tests.Outbound;
using Microsoft.Extensions.Logging;

namespace Connector.Dsp.Tests.Data;

public sealed class HttpPushTests : IAsyncLifetime
{
    private House _house = null!;

    public async ValueTask InitializeAsync() => _house = await House.OpenAsync();

    public ValueTask DisposeAsync() => _house.DisposeAsync();

    [Fact]
    public async Task A_push_to_our_inbox_arrives_and_is_signed_for_once()
    {
        var (address, pid) = await _house.AwaitPushAsync();
        var content = House.Bytes(40_000_000);

        var first = await PushAsync(address, content);
        var again = await PushAsync(address, content);

        Assert.Null(first.Refusal);
        Assert.Contains(Convert.ToHexStringLower(SHA256.HashData(content)), first.Value.Json, StringComparison.Ordinal);
        Assert.Null(_house.Get<ISignatures>().VerifyJson("did:web:own.example", first.Value.Json, first.Value.Signature));
        Assert.Equal(first.Value, again.Value);
        Assert.Equal(content, await File.ReadAllBytesAsync(_house.File("inbox.bin")));
        Assert.NotNull((await ((ITransferStore)_house.Store).FindAsync(pid, default))!.Receipt);
    }

    [Fact]
    public async Task A_push_with_a_wrong_token_is_not_even_read()
    {
        var (address, _) = await _house.AwaitPushAsync();

        var refusal = (await PushAsync(address with { Properties = address.Properties.SetItem("authorization", "wrong") }, [1])).Refusal!;

        Assert.Equal("transfer-token", refusal.Code);
        Assert.False(Directory.Exists(_house.File("spool")));
    }

    [Fact]
    public async Task A_pushed_body_that_does_not_fit_its_digest_is_refused_and_leaves_nothing()
    {
        var (address, _) = await _house.AwaitPushAsync();

        using var answer = await _house.SendAsync(address.Endpoint!, address.Token, r =>
        {
            r.Method = HttpMethod.Put;
            r.Content = new ByteArrayContent([1, 2, 3]);
            r.Content.Headers.Add("Repr-Digest", $"sha-256=:{Convert.ToBase64String(new byte[32])}:");
        });

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.False(File.Exists(_house.File("inbox.bin")));
        Assert.Empty(Directory.GetFileSystemEntries(_house.File("spool")));
    }

    [Fact]
    public async Task A_push_that_is_ended_while_its_next_bytes_are_awaited_is_told_so_and_is_no_fault_of_the_server()
    {
        var (address, pid) = await _house.AwaitPushAsync();
        using var client = await ConnectAsync(address, announced: 1000);
        var spool = await SpooledAsync(pid);

        Assert.Null((await _house.Get<TransferService>().StepAsync(pid, TransferMessageKind.Termination, "c", ["r"], default)).Refusal);

        using var answer = new StreamReader(client.GetStream());
        Assert.Equal("HTTP/1.1 410 Gone", await answer.ReadLineAsync(TestContext.Current.CancellationToken));
        Assert.False(File.Exists(spool), "nobody else sweeps in this house");
        client.Close();
        await _house.StopAsync();
        Assert.Empty(_house.Logged.At(LogLevel.Error));
    }

    [Fact]
    public async Task A_push_that_breaks_off_is_no_fault_of_the_server()
    {
        var (address, pid) = await _house.AwaitPushAsync();
        using var client = await ConnectAsync(address, announced: 1000);
        await SpooledAsync(pid);

        client.Client.Shutdown(SocketShutdown.Send);
        await _house.StopAsync();

        Assert.Empty(_house.Logged.At(LogLevel.Error));
        Assert.False(File.Exists(_house.File("inbox.bin")));
    }

    [Fact]
    public async Task A_push_that_announces_more_than_is_taken_is_refused_for_that()
    {
        var (address, _) = await _house.AwaitPushAsync();
        using var client = await ConnectAsync(address, announced: _house.Get<HttpDataOptions>().MaxSpooledBytes + 1);

        using var answer = new StreamReader(client.GetStream());
        Assert.Equal("HTTP/1.1 413 Payload Too Large", await answer.ReadLineAsync(TestContext.Current.CancellationToken));
        Assert.Contains("too-large", Assert.Single(_house.Logged.At(LogLevel.Information), l => l.Contains("is refused", StringComparison.Ordinal)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_foreign_sink_gets_the_bytes_with_its_own_token_and_digest()
    {
        byte[] got = [];
        var said = new Dictionary<string, string>();
        await using var site = await Site.OpenAsync(async context =>
        {
            var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body);
            got = body.ToArray();
            said["method"] = context.Request.Method;
            said["authorization"] = context.Request.Headers.Authorization.ToString();
            said["digest"] = context.Request.Headers["Repr-Digest"].ToString();
        });
        var content = House.Bytes(2_000_000);
        var address = new DataAddress(Formats.HttpEndpointType, site.Address.ToString(), ImmutableDictionary<string, string>.Empty.Add("authorization", "t").Add("authType", "bearer"));

        var pushed = await PushAsync(address, content);

        Assert.Equal(SignedReceipt.None, pushed.Value);
        Assert.Equal(content, got);
        Assert.Equal(("POST", "Bearer t"), (said["method"], said["authorization"]));
        Assert.Equal($"sha-256=:{Convert.ToBase64String(SHA256.HashData(content))}:", said["digest"]);
    }

    [Fact]
    public async Task A_push_goes_to_no_address_that_is_not_public()
    {
        await using var site = await Site.OpenAsync(_ => Task.CompletedTask);
        var address = new DataAddress(Formats.HttpEndpointType, $"http://[::1]:{site.Address.Port}/", ImmutableDictionary<string, string>.Empty);

        Assert.Equal("address-not-allowed", (await PushAsync(address, [1])).Refusal?.Code);
        Assert.Equal(0, site.Calls);
    }

    [Fact]
    public async Task A_push_that_a_foreign_sink_took_without_a_receipt_completes()
    {
        await using var site = await Site.OpenAsync(context => context.Request.Body.CopyToAsync(Stream.Null));
        var address = new DataAddress(Formats.HttpEndpointType, site.Address.ToString(), ImmutableDictionary<string, string>.Empty);
        var (pid, _) = await _house.StartFileAsync([1, 2, 3], Formats.HttpPush, address);
        var transfer = (await ((ITransferStore)_house.Store).FindAsync(pid, default))!;

        var outcome = _house.Get<TransferSteps>().Pushed(transfer, (await PushAsync(address, [1, 2, 3])).Value);

        Assert.Equal(TransferState.Completed, outcome.Transfer.State);
        Assert.Null(outcome.Transfer.Receipt);
    }

    /// <summary>Where the ten bytes are, once they are there.</summary>
    private async Task<string> SpooledAsync(string pid)
    {
        var spool = Path.Combine(Spools.FolderOf(_house.Get<HttpDataOptions>(), pid), "content");
        while (!File.Exists(spool) || new FileInfo(spool).Length < 10)
        {
            await Task.Yield();
        }

        return spool;
    }

    /// <summary>A push of so many bytes, of which ten are sent.</summary>
    private async Task<TcpClient> ConnectAsync(DataAddress address, long announced)
    {
        var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, new Uri(_house.Base).Port, TestContext.Current.CancellationToken);
        await client.GetStream().WriteAsync(
            Encoding.ASCII.GetBytes($"PUT {new Uri(address.Endpoint!).AbsolutePath} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {address.Token}\r\nContent-Length: {announced}\r\n\r\n0123456789"), TestContext.Current.CancellationToken);
        return client;
    }

    private async Task<Result<SignedReceipt>> PushAsync(DataAddress address, byte[] content)
    {
        var path = _house.File("pushed.bin");
        await File.WriteAllBytesAsync(path, content);
        var (sources, source) = (_house.Get<IDataSources>(), new DataSource("file", path));
        var manifest = (await sources.DescribeAsync(source, "application/octet-stream", default)).Value;
        var transfer = _house.Pulled("urn:p", address) with { Role = Role.Provider, Format = Formats.HttpPush };
        return await _house.Get<HttpData>().PushAsync(
            new PeerAddress(House.Entry(), null), transfer, manifest, from => sources.ReadAsync(source, manifest, from, default), TestContext.Current.CancellationToken);
    }
}
