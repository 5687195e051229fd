using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using Connector.Trust.Tls;
using Microsoft.Extensions.Time.Testing;

namespace Connector.Trust.Tests.Tls;

/// <summary>Which certificates are accepted, by real certificates and chains, in a year that is not the machine's.</summary>
public sealed class CertificateRulesTests : IDisposable
{
    private const string Host = "issuer.example";
    private const SslPolicyErrors Unknown = SslPolicyErrors.RemoteCertificateChainErrors;

    private static readonly DateTimeOffset s_now = new(2043, 5, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly FakeTimeProvider _time = new(s_now);
    private readonly List<IDisposable> _made = [];
    private readonly Authority _root;

    public CertificateRulesTests() => _root = Made(new Authority("Root", _time));

    public void Dispose() => _made.ForEach(static made => made.Dispose());

    [Theory]
    [InlineData(-1, false)]
    [InlineData(0, true)]
    [InlineData(3600, true)]
    [InlineData(3601, false)]
    public void A_certificate_is_in_force_from_its_first_second_through_its_last(int second, bool expected)
    {
        var certificate = Made(new Authority("An hour", _time, from: s_now, until: s_now.AddHours(1))).Certificate;

        Assert.Equal(expected, CertificateRules.InForce(certificate, s_now.AddSeconds(second)));
    }

    [Theory]
    [InlineData(SslPolicyErrors.None, true)]
    [InlineData(SslPolicyErrors.RemoteCertificateChainErrors, false)]
    [InlineData(SslPolicyErrors.RemoteCertificateNameMismatch, false)]
    public void With_neither_pins_nor_authorities_the_system_decides(SslPolicyErrors errors, bool expected)
    {
        var certificate = Made(_root.Leaf(Host));

        Assert.Equal(expected, CertificateRules.Server(certificate, Presented(certificate), errors, [], [], s_now));
    }

    [Fact]
    public void A_server_without_a_certificate_is_not_called()
    {
        Assert.False(CertificateRules.Server(null, null, SslPolicyErrors.None, [], [], s_now));
        Assert.False(CertificateRules.Server(null, null, SslPolicyErrors.None, [], [_root.Certificate], s_now));
    }

    [Fact]
    public void A_pinned_certificate_needs_neither_name_nor_chain()
    {
        var certificate = Made(_root.Leaf("other.example"));

        Assert.True(CertificateRules.Server(certificate, null, Unknown | SslPolicyErrors.RemoteCertificateNameMismatch, [Pin(certificate)], [], s_now));
    }

    [Fact]
    public void A_pinned_certificate_is_called_while_it_is_in_force()
    {
        var certificate = Made(_root.Leaf(Host));

        Assert.False(CertificateRules.Server(certificate, null, Unknown, [Pin(certificate)], [], s_now.AddMonths(6)));
        Assert.False(CertificateRules.Server(certificate, null, Unknown, [Pin(certificate)], [], s_now.AddHours(-2)));
    }

    [Fact]
    public void A_certificate_is_not_called_for_the_pin_of_another()
    {
        var certificate = Made(_root.Leaf(Host));

        Assert.False(CertificateRules.Server(certificate, Presented(certificate), Unknown, [Pin(Made(_root.Leaf(Host)))], [], s_now));
        Assert.False(CertificateRules.Server(certificate, Presented(certificate), SslPolicyErrors.None, [Pin(Made(_root.Leaf(Host)))], [], s_now));
    }

    [Fact]
    public void A_server_of_the_authority_is_called_by_its_name_alone()
    {
        var certificate = Made(_root.Leaf(Host));

        Assert.True(Server(certificate));
        Assert.False(Server(certificate, errors: Unknown | SslPolicyErrors.RemoteCertificateNameMismatch));
        Assert.False(Server(certificate, errors: SslPolicyErrors.RemoteCertificateNameMismatch));
        Assert.False(Server(certificate, errors: SslPolicyErrors.RemoteCertificateNotAvailable));
    }

    [Fact]
    public void What_the_connection_did_not_tell_of_a_chain_is_not_missed() =>
        Assert.True(CertificateRules.Server(Made(_root.Leaf(Host)), null, Unknown, [], [_root.Certificate], s_now));

    [Fact]
    public void What_an_authority_signed_is_accepted_while_it_is_in_force()
    {
        var certificate = Made(_root.Leaf(Host));

        Assert.False(Server(certificate, now: s_now.AddMonths(6)));
        Assert.False(Server(certificate, now: s_now.AddHours(-2)));
        Assert.False(Client(certificate, now: s_now.AddMonths(6)));
        Assert.False(Client(certificate, now: s_now.AddHours(-2)));
    }

    [Fact]
    public void An_authority_of_the_same_name_is_another()
    {
        var impostor = Made(new Authority("Root", _time));
        var certificate = Made(impostor.Leaf(Host));

        Assert.False(Server(certificate, [impostor]));
        Assert.False(Client(certificate, [impostor]));
        Assert.False(Server(certificate, errors: SslPolicyErrors.None)); // whatever the system thinks of it
    }

    [Fact]
    public void A_certificate_that_nobody_signed_for_is_refused()
    {
        var alone = Made(new Authority(Host, _time, mayIssue: false)).Certificate;

        Assert.False(Server(alone));
        Assert.False(Client(alone));
        Assert.False(CertificateRules.Client(alone, Presented(alone), [], s_now));
    }

    [Fact]
    public void An_authority_between_is_needed_and_taken_from_the_connection()
    {
        var between = Made(new Authority("Between", _time, by: _root));
        var certificate = Made(between.Leaf(Host));

        Assert.True(Server(certificate, [between]));
        Assert.True(Client(certificate, [between]));
        Assert.False(Server(certificate));
        Assert.False(Client(certificate));
    }

    [Fact]
    public void An_authority_between_that_has_expired_or_is_not_valid_yet_ends_the_chain()
    {
        var former = Made(new Authority("Former", _time, by: _root, until: s_now.AddSeconds(-1)));
        var future = Made(new Authority("Future", _time, by: _root, from: s_now.AddSeconds(1)));

        Assert.False(Server(Made(former.Leaf(Host)), [former]));
        Assert.False(Client(Made(former.Leaf(Host)), [former]));
        Assert.False(Server(Made(future.Leaf(Host)), [future]));
        Assert.False(Client(Made(future.Leaf(Host)), [future]));
    }

    [Fact]
    public void An_expired_authority_vouches_for_nobody()
    {
        var expired = Made(new Authority("Expired", _time, until: s_now.AddSeconds(-1)));
        var certificate = Made(expired.Leaf(Host));

        Assert.False(CertificateRules.Server(certificate, Presented(certificate), Unknown, [], [expired.Certificate], s_now));
        Assert.False(CertificateRules.Client(certificate, Presented(certificate), [expired.Certificate], s_now));
    }

    [Fact]
    public void One_branch_of_an_authority_can_be_trusted_without_the_others()
    {
        var branch = Made(new Authority("Branch", _time, by: _root));
        var sibling = Made(new Authority("Sibling", _time, by: _root));
        var below = Made(new Authority("Below", _time, by: branch));
        var (member, stranger, deep) = (Made(branch.Leaf(Host)), Made(sibling.Leaf(Host)), Made(below.Leaf(Host)));
        X509Certificate2Collection trusted = [branch.Certificate];

        Assert.True(CertificateRules.Server(member, Presented(member), Unknown, [], trusted, s_now));
        Assert.True(CertificateRules.Client(member, Presented(member), trusted, s_now));
        Assert.True(CertificateRules.Client(deep, Presented(deep, below, branch, _root), trusted, s_now));
        Assert.False(CertificateRules.Server(stranger, Presented(stranger, sibling, _root), Unknown, [], trusted, s_now));
        Assert.False(CertificateRules.Client(stranger, Presented(stranger, sibling, _root), trusted, s_now));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Who_takes_the_name_and_numbers_of_a_trusted_branch_is_not_that_branch(bool itsKeyIdentifierToo)
    {
        var branch = Made(new Authority("Branch", _time, by: _root));
        var impostor = Made(new Authority("Branch", _time, by: Made(new Authority("Root", _time)), like: branch, likeItsKey: itsKeyIdentifierToo));
        var certificate = Made(impostor.Leaf(Host));
        X509Certificate2Collection trusted = [branch.Certificate];

        Assert.Equal(branch.Certificate, impostor.Certificate); // as .NET compares: by issuer and serial number
        Assert.False(CertificateRules.Server(certificate, Presented(certificate, impostor), Unknown, [], trusted, s_now));
        Assert.False(CertificateRules.Client(certificate, Presented(certificate, impostor), trusted, s_now));
        Assert.False(CertificateRules.Client(certificate, Presented(certificate), trusted, s_now));
        Assert.False(CertificateRules.Client(certificate, Presented(certificate, impostor, branch, _root), trusted, s_now));
    }

    [Fact]
    public void A_member_cannot_sign_for_others()
    {
        var member = Made(new Authority("Member", _time, by: _root, mayIssue: false));
        var certificate = Made(member.Leaf(Host));

        Assert.False(Server(certificate, [member]));
        Assert.False(Client(certificate, [member]));
    }

    [Fact]
    public void An_authority_that_may_have_none_below_it_has_none()
    {
        var last = Made(new Authority("Last", _time, by: _root, depth: 0));
        var below = Made(new Authority("Below", _time, by: last));

        Assert.True(Client(Made(last.Leaf(Host)), [last]));
        Assert.False(Server(Made(below.Leaf(Host)), [below, last]));
        Assert.False(Client(Made(below.Leaf(Host)), [below, last]));
    }

    [Fact]
    public void An_authority_for_one_domain_vouches_for_no_other()
    {
        var narrow = Made(new Authority("Narrow", _time, by: _root, domain: "cells.example"));

        Assert.True(Server(Made(narrow.Leaf("connector.cells.example")), [narrow]));
        Assert.False(Server(Made(narrow.Leaf(Host)), [narrow]));
        Assert.False(Client(Made(narrow.Leaf(Host)), [narrow]));
    }

    [Theory]
    [InlineData(null, true, true)]
    [InlineData(Authority.ServerUsage, true, false)]
    [InlineData(Authority.ClientUsage, false, true)]
    [InlineData("1.3.6.1.5.5.7.3.3", false, false)]
    public void A_certificate_is_accepted_for_the_use_that_it_was_made_for(string? usage, bool server, bool client)
    {
        var certificate = Made(_root.Leaf(Host, usage));

        Assert.Equal((server, client), (Server(certificate), Client(certificate)));
    }

    [Fact]
    public void A_pinned_authority_is_one_when_the_connection_shows_it()
    {
        var between = Made(new Authority("Between", _time, by: _root));
        var certificate = Made(between.Leaf(Host));
        string[] pins = [Pin(_root.Certificate)];

        Assert.True(CertificateRules.Server(certificate, Presented(certificate, between, _root), Unknown, pins, [], s_now));
        Assert.False(CertificateRules.Server(certificate, Presented(certificate, between, _root), Unknown | SslPolicyErrors.RemoteCertificateNameMismatch, pins, [], s_now));
        Assert.False(CertificateRules.Server(certificate, Presented(certificate, between), Unknown, pins, [], s_now));
        Assert.False(CertificateRules.Server(certificate, null, Unknown, pins, [], s_now));
        Assert.True(CertificateRules.Server(certificate, Presented(certificate, between), Unknown, [Pin(between.Certificate)], [], s_now));
    }

    [Fact]
    public void A_pinned_authority_that_the_system_knows_need_not_be_sent()
    {
        var certificate = Made(_root.Leaf(Host));
        var chain = Made(new X509Chain());
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust; // stands for the system's store
        chain.ChainPolicy.CustomTrustStore.Add(_root.Certificate);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.VerificationTime = s_now.UtcDateTime;
        Assert.True(chain.Build(certificate));

        Assert.True(CertificateRules.Server(certificate, chain, SslPolicyErrors.None, [Pin(_root.Certificate)], [], s_now));
    }

    [Fact]
    public void A_pinned_authority_that_is_sent_along_vouches_for_its_own_alone()
    {
        var stranger = Made(Made(new Authority("Stranger", _time)).Leaf(Host));
        var pinned = Made(_root.Leaf(Host));

        Assert.False(CertificateRules.Server(stranger, Presented(stranger, _root), Unknown, [Pin(_root.Certificate)], [], s_now));
        Assert.False(CertificateRules.Server(stranger, Sent(stranger, pinned), Unknown, [Pin(pinned)], [], s_now));
    }

    [Fact]
    public void A_certificate_cannot_make_this_connector_call_anybody()
    {
        using var site = new TcpListener(IPAddress.Loopback, 0);
        site.Start();
        var between = Made(new Authority("Between", _time, by: _root));
        var certificate = Made(between.Leaf(Host, issuerAt: new Uri($"http://{site.LocalEndpoint}/between.der")));

        Assert.False(Server(certificate));
        Assert.False(site.Pending());
    }

    private bool Server(X509Certificate2 certificate, Authority[]? sent = null, SslPolicyErrors errors = Unknown, DateTimeOffset? now = null) =>
        CertificateRules.Server(certificate, Presented(certificate, sent ?? []), errors, [], [_root.Certificate], now ?? s_now);

    private bool Client(X509Certificate2 certificate, Authority[]? sent = null, DateTimeOffset? now = null) =>
        CertificateRules.Client(certificate, Presented(certificate, sent ?? []), [_root.Certificate], now ?? s_now);

    private X509Chain Presented(X509Certificate2 certificate, params Authority[] sent) => Sent(certificate, [.. sent.Select(static authority => authority.Certificate)]);

    /// <summary>The chain that a connection gives to who judges it: what was sent, and what the system found, which knows none of this.</summary>
    private X509Chain Sent(X509Certificate2 certificate, params X509Certificate2[] sent)
    {
        var chain = Made(new X509Chain());
        chain.ChainPolicy.ExtraStore.AddRange(sent);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.DisableCertificateDownloads = true;
        Assert.False(chain.Build(certificate));
        return chain;
    }

    private static string Pin(X509Certificate2 certificate) => CertificatePin.Of(certificate);

    private T Made<T>(T made)
        where T : IDisposable
    {
        _made.Add(made);
        return made;
    }
}
