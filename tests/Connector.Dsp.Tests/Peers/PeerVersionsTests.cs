using System.Collections.Immutable;
using Connector.ControlPlane;
using Connector.ControlPlane.Participants;
using Connector.ControlPlane.Publications;
using Connector.Dsp.Data;
using Connector.Dsp.Peers;
using Connector.Dsp.Tests.Data;
using Connector.Dsp.Tests.Outbound;
using Connector.Testing;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Time.Testing;

namespace Connector.Dsp.Tests.Peers;

public sealed class PeerVersionsTests : IDisposable
{
    private const string Both = """{"protocolVersions":[{"version":"2024-1","path":"/dsp/2024-1"},{"version":"2025-1","path":"/dsp/2025-1","binding":"HTTPS"}]}""";
    private const string Older = """{"protocolVersions":[{"version":"2024/1","path":"/2024/1"}]}""";

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 26, 0, 0, 0, TimeSpan.Zero));
    private readonly SocketsHttpHandler _handler = new() { AllowAutoRedirect = false };
    private string? _document = Both;
    private string _at = "/.well-known/dspace-version";
    private int _status = 200;

    [Fact]
    public async Task The_newest_version_that_both_sides_speak_is_chosen_at_the_address_that_the_document_names()
    {
        await using var site = await OpenAsync();
        var versions = Versions();
        var peer = Peer(site, "/dsp/2024-1");

        Assert.Equal(Binding.Dsp, await ChosenAsync(versions, peer));
        Assert.Equal(Root(site) + "/dsp/2025-1", await versions.AddressAsync(peer, DspVersion.V2025, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_peer_that_speaks_only_the_older_version_is_spoken_to_in_it_by_whatever_path_it_has()
    {
        (_document, _at) = (Older, "/api/dsp/.well-known/dspace-version");
        await using var site = await OpenAsync();
        var versions = Versions();
        var peer = Peer(site, "/api/dsp/2025-1");

        Assert.Equal(Binding.Dsp2024, await ChosenAsync(versions, peer));
        Assert.Equal(Root(site) + "/api/dsp/2024/1", await versions.AddressAsync(peer, DspVersion.V2024, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task What_the_Peer_document_says_is_not_asked_for()
    {
        await using var site = await OpenAsync();
        var versions = Versions();

        Assert.Equal(Binding.Dsp2024, await ChosenAsync(versions, Peer(site, "/dsp/2025-1") with { DspBinding = Binding.Dsp2024 }));
        Assert.Equal(Binding.Dsp2024, await ChosenAsync(versions, Peer(site, "/dsp"), Binding.Dsp2024));
        Assert.Equal(Binding.Grpc, await ChosenAsync(versions, Peer(site, "/dsp") with { GrpcAddress = "https://peer.example" }, asked: null));
        Assert.Equal(0, site.Calls);
    }

    [Fact]
    public async Task A_document_is_asked_for_once_in_an_hour_by_however_many()
    {
        await using var site = await OpenAsync();
        var versions = Versions();
        var peer = Peer(site, "");

        await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => ChosenAsync(versions, peer)));
        await ChosenAsync(versions, peer);
        Assert.Equal(1, site.Calls);

        _time.Advance(TimeSpan.FromMinutes(61));
        await ChosenAsync(versions, peer);
        Assert.Equal(2, site.Calls);

        await ChosenAsync(versions, peer with { DspAddress = peer.DspAddress + "/dsp" });
        Assert.True(site.Calls > 2, "another address is another question");
    }

    [Fact]
    public async Task A_peer_whose_document_is_applied_again_is_asked_again_though_its_address_stays()
    {
        await using var site = await OpenAsync();
        var versions = Versions();
        var peer = Peer(site, "/dsp");
        Assert.Equal(Binding.Dsp, await ChosenAsync(versions, peer));

        _document = Older;
        versions.Forget("did:web:other.example");
        Assert.Equal(Binding.Dsp, await ChosenAsync(versions, peer));
        versions.Forget(peer.ParticipantId);
        Assert.Equal(Binding.Dsp2024, await ChosenAsync(versions, peer));
    }

    [Fact]
    public async Task Applying_a_Peer_document_has_what_was_found_out_forgotten_even_if_nothing_changed()
    {
        await using var house = await House.OpenAsync();
        var document = "kind: Peer\nname: p\nparticipantId: did:web:p.example\ntrust: space\ndsp: https://p.example/dsp\n";

        Assert.Empty((await house.ApplyAsync(document, dryRun: true)).Faults);
        Assert.Empty(house.Get<DocumentedBindings>().Forgotten);
        Assert.Empty((await house.ApplyAsync(document, dryRun: false)).Faults);
        Assert.Equal(ChangeKind.Unchanged, Assert.Single((await house.ApplyAsync(document, dryRun: false)).Changes).Action);
        Assert.Equal(["did:web:p.example", "did:web:p.example"], house.Get<DocumentedBindings>().Forgotten);
    }

    [Fact]
    public async Task A_peer_without_the_document_is_taken_at_its_addresss_word()
    {
        _status = 404;
        await using var site = await OpenAsync();

        Assert.Equal(Binding.Dsp, await ChosenAsync(Versions(), Peer(site, "/dsp/2025-1")));
        Assert.Equal(Binding.Dsp2024, await ChosenAsync(Versions(), Peer(site, "/dsp/2024-1")));
        Assert.Equal(Root(site) + "/dsp/2024-1", await Versions().AddressAsync(Peer(site, "/dsp/2025-1"), DspVersion.V2024, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Where_nothing_says_the_version_the_operator_is_told_what_to_write()
    {
        _status = 404;
        await using var site = await OpenAsync();

        var refusal = await RefusedAsync(Peer(site, "/dsp"));

        Assert.Equal(("version-unknown", "dspVersion"), (refusal.Code, refusal.Field));
        Assert.Contains("dspVersion (2025-1 and 2024-1)", refusal.Mend, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_peer_that_speaks_none_of_our_versions_is_not_talked_to()
    {
        _document = """{"protocolVersions":[{"version":"v0.8","path":"/"},{"version":"2031-1","path":"/"}]}""";
        await using var site = await OpenAsync();

        var refusal = await RefusedAsync(Peer(site, "/dsp/2025-1"));

        Assert.Equal("no-common-version", refusal.Code);
        Assert.Contains("v0.8, 2031-1", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(500)]
    [InlineData(503)]
    [InlineData(429)]
    public async Task A_peer_that_cannot_answer_now_is_asked_again_the_next_time(int status)
    {
        _status = status;
        await using var site = await OpenAsync();
        var versions = Versions();
        var peer = Peer(site, "/dsp/2025-1");

        var refusal = (await versions.ChooseAsync(peer, Binding.Dsp, TestContext.Current.CancellationToken)).Refusal!;
        Assert.Equal(RefusalKind.Unavailable, refusal.Kind);
        Assert.Contains("'partner'", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("dspVersion", refusal.Mend, StringComparison.Ordinal);

        _status = 200;
        Assert.Equal(Binding.Dsp, await ChosenAsync(versions, peer));
    }

    [Fact]
    public async Task A_fault_of_our_own_is_not_kept_either()
    {
        await using var site = await OpenAsync();
        var faulty = true;
        var versions = Versions(() => faulty ? throw new InvalidOperationException("no certificate") : _handler);
        var peer = Peer(site, "/dsp/2025-1");

        await Assert.ThrowsAsync<InvalidOperationException>(() => ChosenAsync(versions, peer));
        faulty = false;
        Assert.Equal(Binding.Dsp, await ChosenAsync(versions, peer));
    }

    [Fact]
    public async Task An_endless_document_is_not_read_to_its_end()
    {
        await using var site = await Site.OpenAsync(async http =>
        {
            var piece = new byte[16 * 1024];
            while (!http.RequestAborted.IsCancellationRequested)
            {
                await http.Response.Body.WriteAsync(piece, http.RequestAborted);
            }
        });

        Assert.Equal(RefusalKind.Unavailable, (await RefusedAsync(Peer(site, "/dsp/2025-1"))).Kind);
    }

    [Fact]
    public async Task A_redirect_is_not_followed()
    {
        await using var elsewhere = await OpenAsync();
        await using var site = await Site.OpenAsync(http =>
        {
            http.Response.Redirect(Root(elsewhere) + "/.well-known/dspace-version");
            return Task.CompletedTask;
        });

        Assert.Equal("version-unknown", (await RefusedAsync(Peer(site, "/dsp"))).Code);
        Assert.Equal(0, elsewhere.Calls);
    }

    public void Dispose() => _handler.Dispose();

    private static string Root(Site site) => site.Address.ToString().TrimEnd('/');

    private static PeerEntry Peer(Site site, string path) => new("partner", "did:web:partner.example", null, Root(site) + path, [], [], "pinned", ImmutableDictionary<string, Policies.Claim>.Empty);

    private static async Task<Binding> ChosenAsync(PeerVersions versions, PeerEntry peer, Binding? asked = Binding.Dsp) =>
        (await versions.ChooseAsync(peer, asked, TestContext.Current.CancellationToken)).Try(out var chosen, out var refusal) ? chosen : throw new InvalidOperationException(refusal.ToString());

    private async Task<Refusal> RefusedAsync(PeerEntry peer) => (await Versions().ChooseAsync(peer, Binding.Dsp, TestContext.Current.CancellationToken)).Refusal!;

    private Task<Site> OpenAsync() => Site.OpenAsync(async http =>
    {
        http.Response.StatusCode = http.Request.Path == _at ? _status : 404;
        if (http.Response.StatusCode == 200)
        {
            await http.Response.WriteAsync(_document!);
        }
    });

    private PeerVersions Versions(Func<HttpMessageHandler>? handler = null) => new(_ => handler is null ? _handler : handler(), new DspRoomOptions { MaxMessageBytes = 1024, Ports = new HashSet<int>(), HandlerFor = _ => _ => _handler, Data = new HttpDataOptions { SpoolFolder = "", SnapshotFolder = "" } }, _time);
}
