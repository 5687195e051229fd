using System.Net;
using System.Numerics;
using Connector.Dsp.Outbound;

namespace Connector.Dsp.Tests.Outbound;

public sealed class AddressRulesTests
{
    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("127.255.0.9")]
    [InlineData("0.0.0.0")]
    [InlineData("10.1.2.3")]
    [InlineData("172.31.255.255")]
    [InlineData("192.168.0.1")]
    [InlineData("169.254.169.254")]
    [InlineData("100.64.0.1")]
    [InlineData("224.0.0.1")]
    [InlineData("239.255.255.255")]
    [InlineData("240.0.0.0")]
    [InlineData("255.255.255.255")]
    [InlineData("::")]
    [InlineData("::1")]
    [InlineData("::127.0.0.1")]
    [InlineData("::ffff:127.0.0.1")]
    [InlineData("::ffff:10.0.0.1")]
    [InlineData("fe80::1")]
    [InlineData("fc00::1")]
    [InlineData("fd12:3456::1")]
    [InlineData("fec0::1")]
    [InlineData("ff02::1")]
    [InlineData("64:ff9b::7f00:1")]
    [InlineData("64:ff9b:1::a00:1")]
    [InlineData("2002:7f00:1::")]
    [InlineData("2001:0:4136:e378::1")]
    [InlineData("2001:db8::1")]
    public void What_is_not_public_is_refused(string address) => Assert.False(AddressRules.Allows(IPAddress.Parse(address), []));

    [Theory]
    [InlineData("8.8.8.8")]
    [InlineData("172.32.0.1")]
    [InlineData("100.128.0.1")]
    [InlineData("::ffff:8.8.8.8")]
    [InlineData("2606:4700::1111")]
    public void What_is_public_is_allowed(string address) => Assert.True(AddressRules.Allows(IPAddress.Parse(address), []));

    [Theory]
    [InlineData("0.0.0.0", "0.255.255.255")]
    [InlineData("10.0.0.0", "10.255.255.255")]
    [InlineData("100.64.0.0", "100.127.255.255")]
    [InlineData("127.0.0.0", "127.255.255.255")]
    [InlineData("169.254.0.0", "169.254.255.255")]
    [InlineData("172.16.0.0", "172.31.255.255")]
    [InlineData("192.0.0.0", "192.0.0.255")]
    [InlineData("192.0.2.0", "192.0.2.255")]
    [InlineData("192.31.196.0", "192.31.196.255")]
    [InlineData("192.52.193.0", "192.52.193.255")]
    [InlineData("192.88.99.0", "192.88.99.255")]
    [InlineData("192.168.0.0", "192.168.255.255")]
    [InlineData("192.175.48.0", "192.175.48.255")]
    [InlineData("198.18.0.0", "198.19.255.255")]
    [InlineData("198.51.100.0", "198.51.100.255")]
    [InlineData("203.0.113.0", "203.0.113.255")]
    [InlineData("224.0.0.0", "255.255.255.255")]
    [InlineData("2001::", "2001:1ff:ffff:ffff:ffff:ffff:ffff:ffff")]
    [InlineData("2001:db8::", "2001:db8:ffff:ffff:ffff:ffff:ffff:ffff")]
    [InlineData("2002::", "2002:ffff:ffff:ffff:ffff:ffff:ffff:ffff")]
    [InlineData("2620:4f:8000::", "2620:4f:8000:ffff:ffff:ffff:ffff:ffff")]
    [InlineData("3fff::", "3fff:fff:ffff:ffff:ffff:ffff:ffff:ffff")]
    [InlineData("4000::", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff")]
    [InlineData("::", "1fff:ffff:ffff:ffff:ffff:ffff:ffff:ffff")]
    public void A_network_that_is_not_public_is_closed_from_its_first_address_to_its_last_and_no_further(string first, string last)
    {
        Assert.False(Public(IPAddress.Parse(first)));
        Assert.False(Public(IPAddress.Parse(last)));
        Assert.True(first is "0.0.0.0" or "::" or "4000::" || Public(Beside(first, -1)));
        Assert.True(last is "255.255.255.255" or "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff" || Public(Beside(last, 1)));
    }

    [Fact]
    public void An_address_of_one_link_is_not_public() =>
        Assert.False(Public(IPAddress.Parse("2606:4700::1111%3")));

    [Fact]
    public void An_allowed_network_opens_itself_and_nothing_beside_it()
    {
        IPNetwork network = IPNetwork.Parse("10.1.0.0/16");

        Assert.True(AddressRules.Allows(IPAddress.Parse("10.1.2.3"), [network]));
        Assert.True(AddressRules.Allows(IPAddress.Parse("::ffff:10.1.2.3"), [network]));
        Assert.False(AddressRules.Allows(IPAddress.Parse("10.2.0.1"), [network]));
        Assert.False(AddressRules.Allows(IPAddress.Parse("::1"), [network]));
    }

    private static bool Public(IPAddress address) => AddressRules.Allows(address, []);

    private static IPAddress Beside(string address, int step)
    {
        var bytes = IPAddress.Parse(address).GetAddressBytes();
        var number = new BigInteger(bytes, isUnsigned: true, isBigEndian: true) + step;
        var beside = number.ToByteArray(isUnsigned: true, isBigEndian: true);
        return new IPAddress([.. new byte[bytes.Length - beside.Length], .. beside]);
    }
}
