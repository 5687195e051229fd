using System.Net;
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

    [Fact]
    public void An_allowed_network_opens_itself_and_nothing_beside_it()
    {
        IPNetwork network = IPNetwork.Parse("10.1.0.0/16");

        Assert.True(AddressRules.Allows(IPAddress.Parse("10.1.2.3"), [network]));
        Assert.True(AddressRules.Allows(IPAddress.Parse("::ffff:10.1.2.3"), [network]));
        Assert.False(AddressRules.Allows(IPAddress.Parse("10.2.0.1"), [network]));
        Assert.False(AddressRules.Allows(IPAddress.Parse("::1"), [network]));
    }
}
