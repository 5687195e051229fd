using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using Connector.Trust.Tls;
using Microsoft.Extensions.Time.Testing;

namespace Connector.Trust.Tests.Tls;

public sealed class TlsTests : IDisposable
{
    private readonly FakeTimeProvider _time = new(Party.Start);
    private readonly List<Party> _parties = [];

    public void Dispose() => _parties.ForEach(static party => party.Dispose());

    [Fact]
    public async Task A_token_bound_to_the_connections_certificate_is_accepted_over_HTTP_2()
    {
        var (cells, cathode) = Two(ClientCertificates.Required);
        await using var host = await TlsHost.StartAsync(cathode);
        using var http = Client(cells, cathode);
        using var answer = await http.SendAsync(Request(host, cells.SelfIssued.For(cathode.Id)));
        Assert.Equal(HttpVersion.Version20, answer.Version);
        Assert.Equal(cells.Id, await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_stolen_token_is_worthless_on_the_thiefs_connection()
    {
        var (cells, cathode) = Two(ClientCertificates.Required);
        var thief = New("thief", presents: true);
        cathode.Peers.Apply(thief.Document());
        await using var host = await TlsHost.StartAsync(cathode);
        using var http = Client(thief, cathode);
        Assert.Equal("token-binding", await Answer(http, host, cells.SelfIssued.For(cathode.Id)));
    }

    [Fact]
    public async Task A_bound_token_without_a_certificate_on_the_connection_is_refused()
    {
        var (cells, cathode) = Two(ClientCertificates.Allowed);
        var bare = New("bare");
        await using var host = await TlsHost.StartAsync(cathode);
        using var http = Client(bare, cathode);
        Assert.Equal("token-binding", await Answer(http, host, cells.SelfIssued.For(cathode.Id)));
    }

    [Fact]
    public async Task A_call_without_a_token_is_told_so_even_with_a_good_certificate()
    {
        var (cells, cathode) = Two(ClientCertificates.Required);
        await using var host = await TlsHost.StartAsync(cathode);
        using var http = Client(cells, cathode);
        Assert.Equal("token-missing", await Answer(http, host, null));
    }

    [Fact]
    public async Task Where_a_client_certificate_is_required_none_and_unknown_ones_do_not_connect()
    {
        var (_, cathode) = Two(ClientCertificates.Required);
        await using var host = await TlsHost.StartAsync(cathode);
        using var bare = Client(New("bare"), cathode);
        await Assert.ThrowsAsync<HttpRequestException>(() => Answer(bare, host, null));
        using var unknown = Client(New("unknown", presents: true), cathode);
        await Assert.ThrowsAsync<HttpRequestException>(() => Answer(unknown, host, null));
    }

    [Fact]
    public async Task An_expired_client_certificate_does_not_connect()
    {
        var server = New("cathode", ClientCertificates.Required, validFor: TimeSpan.FromDays(800));
        var client = New("cells", presents: true);
        server.Peers.Apply(client.Document());
        await using var host = await TlsHost.StartAsync(server);
        _time.Advance(TimeSpan.FromDays(366));
        using var http = Client(client, server);
        await Assert.ThrowsAsync<HttpRequestException>(() => Answer(http, host, null));
    }

    [Fact]
    public async Task A_client_certificate_of_the_configured_authority_connects_and_one_of_another_does_not()
    {
        using var folder = new TemporaryFolder();
        using var authority = new Authority("Data space authority", _time);
        using var impostor = new Authority("Data space authority", _time);
        var server = New("cathode", ClientCertificates.Required, clientAuthority: authority.Write(folder["authority.pem"]));
        await using var host = await TlsHost.StartAsync(server);
        var pinnedServer = server.Document();

        using var good = authority.Client("cells");
        using var member = Client(new SslClientAuthenticationOptions
        {
            ClientCertificates = [good],
            RemoteCertificateValidationCallback = server.Tls.ServerCheck(pinnedServer),
        });
        Assert.Equal("token-missing", await Answer(member, host, null));

        using var bad = impostor.Client("cells");
        using var other = Client(new SslClientAuthenticationOptions
        {
            ClientCertificates = [bad],
            RemoteCertificateValidationCallback = server.Tls.ServerCheck(pinnedServer),
        });
        await Assert.ThrowsAsync<HttpRequestException>(() => Answer(other, host, null));
    }

    [Fact]
    public async Task A_server_with_another_certificate_than_the_pinned_one_is_not_called()
    {
        var (cells, cathode) = Two(ClientCertificates.Allowed);
        var impostor = New("impostor");
        await using var host = await TlsHost.StartAsync(impostor);
        using var http = Client(cells, cathode);
        var fault = await Assert.ThrowsAsync<HttpRequestException>(() => Answer(http, host, null));
        Assert.Equal(HttpRequestError.SecureConnectionError, fault.HttpRequestError);
    }

    [Fact]
    public async Task An_expired_pinned_certificate_is_not_called()
    {
        var (_, cathode) = Two(ClientCertificates.None);
        var bare = New("bare");
        await using var host = await TlsHost.StartAsync(cathode);
        using var before = Client(bare, cathode);
        Assert.Equal("token-missing", await Answer(before, host, null));
        _time.Advance(TimeSpan.FromDays(366));
        using var after = Client(bare, cathode);
        await Assert.ThrowsAsync<HttpRequestException>(() => Answer(after, host, null));
    }

    [Fact]
    public async Task A_callers_new_certificate_is_presented_together_with_tokens_that_name_it()
    {
        var (cells, cathode) = Two(ClientCertificates.Required);
        await using var host = await TlsHost.StartAsync(cathode);
        var connections = new PeerConnections(cells.Tls);
        var peer = cathode.Document();
        var first = connections.To(peer);
        Assert.Equal(cells.Id, await Answer(Over(first), host, cells.SelfIssued.For(cathode.Id)));
        Assert.Same(first, connections.To(peer));

        File.Delete(cells.TlsOptions.CertificateFile);
        File.Delete(cells.TlsOptions.KeyFile);
        var pin = TlsCertificate.Create(cells.TlsOptions.CertificateFile, cells.TlsOptions.KeyFile, ["localhost"], _time, TimeSpan.FromDays(30));
        cathode.Peers.Apply(cells.Document() with { CertificatePins = [cells.Pin, pin] });
        _time.Advance(TimeSpan.FromSeconds(5));
        var second = connections.To(peer);
        Assert.NotSame(first, second);
        Assert.Equal("token-binding", await Answer(Over(first), host, cells.SelfIssued.For(cathode.Id)));
        Assert.Equal(cells.Id, await Answer(Over(second), host, cells.SelfIssued.For(cathode.Id)));
    }

    [Fact]
    public void A_new_peer_document_gets_a_new_handler()
    {
        var (cells, cathode) = Two(ClientCertificates.Required);
        var connections = new PeerConnections(cells.Tls);
        var peer = cathode.Document();
        Assert.NotSame(connections.To(peer), connections.To(cathode.Document() with { CertificatePins = [] }));
    }

    [Fact]
    public async Task A_self_signed_certificate_that_is_not_pinned_is_not_called()
    {
        var (cells, cathode) = Two(ClientCertificates.Allowed);
        await using var host = await TlsHost.StartAsync(cathode);
        using var http = Client(cells.Tls.Client(cathode.Document(pinCertificate: false)));
        await Assert.ThrowsAsync<HttpRequestException>(() => Answer(http, host, null));
    }

    [Theory]
#pragma warning disable CA5397, CA5398 // older versions are offered to see them refused
    [InlineData(SslProtocols.Tls12, false)]
    [InlineData(SslProtocols.Tls13, true)]
    public async Task Only_TLS_1_3_is_spoken(SslProtocols version, bool accepted)
    {
        var (_, cathode) = Two(ClientCertificates.None);
        await using var host = await TlsHost.StartAsync(cathode);
        using var tcp = new TcpClient();
        await tcp.ConnectAsync(IPAddress.Loopback, host.Port);
        await using var tls = new SslStream(tcp.GetStream());
        var handshake = tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
        {
            TargetHost = "localhost",
            EnabledSslProtocols = version,
            RemoteCertificateValidationCallback = cathode.Tls.ServerCheck(cathode.Document()),
        });
        var fault = await Record.ExceptionAsync(() => handshake);
        Assert.Equal(accepted, fault is null);
        Assert.True(accepted || fault is AuthenticationException or IOException, fault?.ToString());
    }
#pragma warning restore CA5397, CA5398

    [Fact]
    public async Task A_replaced_certificate_serves_new_connections_without_a_restart()
    {
        var (cells, cathode) = Two(ClientCertificates.Allowed);
        await using var host = await TlsHost.StartAsync(cathode);
        var former = cathode.Document();
        File.Delete(cathode.TlsOptions.CertificateFile);
        File.Delete(cathode.TlsOptions.KeyFile);
        var pin = TlsCertificate.Create(cathode.TlsOptions.CertificateFile, cathode.TlsOptions.KeyFile, ["localhost"], _time, TimeSpan.FromDays(30));
        _time.Advance(TimeSpan.FromSeconds(5));
        using var stale = Client(cells.Tls.Client(former));
        await Assert.ThrowsAsync<HttpRequestException>(() => Answer(stale, host, null));
        using var http = Client(cells.Tls.Client(former with { CertificatePins = [pin] }));
        Assert.Equal("token-missing", await Answer(http, host, null));
    }

    private static HttpClient Client(Party from, Party to) => Client(from.Tls.Client(to.Document()));

    private static HttpClient Client(SslClientAuthenticationOptions tls) => new(new SocketsHttpHandler { SslOptions = tls });

    private static HttpClient Over(HttpMessageHandler handler) => new(handler, disposeHandler: false);

    private static HttpRequestMessage Request(TlsHost host, string? token)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, host.Address) { Version = HttpVersion.Version20, VersionPolicy = HttpVersionPolicy.RequestVersionExact };
        if (token is not null)
            request.Headers.Authorization = new("Bearer", token);
        return request;
    }

    private static async Task<string> Answer(HttpClient http, TlsHost host, string? token)
    {
        using var answer = await http.SendAsync(Request(host, token));
        return await answer.Content.ReadAsStringAsync();
    }

    private (Party Cells, Party Cathode) Two(ClientCertificates clients)
    {
        var cells = New("cells", presents: true);
        var cathode = New("cathode", clients);
        cathode.Peers.Apply(cells.Document());
        cells.Peers.Apply(cathode.Document());
        return (cells, cathode);
    }

    private Party New(string name, ClientCertificates clients = ClientCertificates.Allowed, bool presents = false, string? clientAuthority = null, TimeSpan? validFor = null)
    {
        var party = new Party(name, _time, null, clients, presents, clientAuthority, validFor);
        _parties.Add(party);
        return party;
    }
}
