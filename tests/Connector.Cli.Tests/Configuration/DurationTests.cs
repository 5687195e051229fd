using System.Globalization;
using Connector.Daemon.Configuration;
using CsCheck;

namespace Connector.Cli.Tests.Configuration;

public sealed class DurationTests
{
    [Theory]
    [InlineData("250ms", 0.25)]
    [InlineData("30s", 30)]
    [InlineData("1.5m", 90)]
    [InlineData("12h", 43_200)]
    [InlineData("2d", 172_800)]
    [InlineData("PT30S", 30)]
    [InlineData("PT0.5S", 0.5)]
    [InlineData("P1DT1H1M1S", 90_061)]
    public void Both_ways_of_writing_are_read(string text, double seconds)
    {
        Assert.True(Duration.TryParse(text, out var span));
        Assert.Equal(seconds, span.TotalSeconds);
    }

    [Theory]
    [InlineData("")]
    [InlineData("5")]
    [InlineData("s")]
    [InlineData("-5s")]
    [InlineData("5 s")]
    [InlineData("P")]
    [InlineData("PT")]
    [InlineData("PT\n")]
    [InlineData("30s\n")]
    [InlineData("P1DT")]
    [InlineData("P1M")]
    [InlineData("1e3s")]
    [InlineData("99999999999999999999999999d")]
    public void What_is_no_duration_is_refused(string text) => Assert.False(Duration.TryParse(text, out _));

    [Fact]
    public void What_is_formatted_is_read_back() =>
        Gen.Long[0, 400L * 86_400_000].Sample(ms =>
        {
            var span = TimeSpan.FromMilliseconds(ms);
            Assert.True(Duration.TryParse(Duration.Format(span), out var back), ms.ToString(CultureInfo.InvariantCulture));
            Assert.Equal(span, back);
        });
}
