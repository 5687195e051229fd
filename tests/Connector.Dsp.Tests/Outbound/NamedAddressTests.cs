using Connector.Dsp.Outbound;
using CsCheck;

namespace Connector.Dsp.Tests.Outbound;

public sealed class NamedAddressTests
{
    private static readonly string[] s_parts =
    [
        "https://", "http://", "//", "/", "\\", "a", "example", ".", "..", ":", "8080", "99999", "@", "?", "#", "%", "%20", "%zz", "%00", "[", "]", "[::1]", "[fe80::1%eth0]", "1", "0x7f.1", " ", "\u00a0", "\u3000", "\t", "\u200d", "\u00ad", "\u202e",
        "\u3002", "é", "ß", "１", "١", "ａ", "xn--", "xn--é", "-", "_", "\ud83d\ude00", "\ud83d", "\ude00", "\0", "~", "|", "\"", "<", "urn:", "mailto:",
    ];

    private static readonly Gen<string> s_address = Gen.Select(
        Gen.Int[0, 1].Select(at => s_parts[at]), Gen.Int[0, s_parts.Length - 1].Select(at => s_parts[at]).Array[0, 5], (scheme, rest) => scheme + string.Concat(rest));

    [Theory]
    [InlineData("https://a.example", true)]
    [InlineData("http://[::1]:80/a?b=c d", true)]
    [InlineData("https://例え.example/", true)]
    [InlineData("https://a.example ", false)]
    [InlineData("https://a.example:8080 ", false)]
    [InlineData("http://[::1]@", false)]
    [InlineData("https://xn--é.example", false)]
    [InlineData("https://\u202e.example", false)]
    [InlineData("urn:a", false)]
    [InlineData("/a", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void An_address_is_one_that_can_be_called(string? address, bool read) => Assert.Equal(read, NamedAddress.Read(address) is not null);

    [Fact]
    public void A_call_to_whatever_is_read_fails_at_most_as_calls_do()
    {
        using var handler = new SocketsHttpHandler { UseProxy = false, ConnectCallback = (_, _) => throw new IOException("nobody there") };
        using var client = new HttpClient(handler);
        var read = 0;
        s_address.Sample(address =>
        {
            if (NamedAddress.Read(address) is not { } at)
            {
                return;
            }

            Interlocked.Increment(ref read);
            foreach (var called in (Uri[])[at, new UriBuilder(at) { Query = "manifest" }.Uri, new UriBuilder(at) { Path = at.AbsolutePath.TrimEnd('/') + "/token" }.Uri, new Uri($"{at.GetLeftPart(UriPartial.Path).TrimEnd('/')}/file"), new Uri(DspAddresses.Join(address, "/negotiations"))])
            {
                using var request = new HttpRequestMessage(HttpMethod.Get, called);
                Assert.Throws<HttpRequestException>(() => client.Send(request));
            }
        }, iter: 200);
        Assert.True(read > 20, $"{read} were read");
    }
}
