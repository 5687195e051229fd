using Connector.Dsp.Peers;

namespace Connector.Dsp.Tests.Peers;

public sealed class VersionRulesTests
{
    [Theory]
    [InlineData("https://peer.example", "https://peer.example")]
    [InlineData("https://peer.example/dsp/2025-1", "https://peer.example/dsp https://peer.example")]
    [InlineData("https://peer.example:8282/api/dsp/2024/1/", "https://peer.example:8282/api/dsp https://peer.example:8282/api https://peer.example:8282")]
    [InlineData("https://peer.example/a/b/c/d/e", "https://peer.example/a/b/c/d/e https://peer.example/a/b/c/d https://peer.example/a/b/c https://peer.example")]
    public void The_document_is_looked_for_from_the_address_without_its_version_up_to_the_root(string address, string roots) =>
        Assert.Equal(roots.Split(' '), VersionRules.Roots(new Uri(address)));

    [Theory]
    [InlineData("https://peer.example/dsp/2025-1", "2025-1")]
    [InlineData("https://peer.example/dsp/2024-1/", "2024-1")]
    [InlineData("https://peer.example/dsp/2024/1", "2024-1")]
    [InlineData("https://peer.example/dsp/2023-1", null)]
    [InlineData("https://peer.example/2025-1/dsp", null)]
    public void An_address_may_name_its_version(string address, string? version) => Assert.Equal(version, VersionRules.NamedBy(new Uri(address))?.Name);
}
