using System.Text;
using Connector.ControlPlane.Participants;
using Connector.Dsp.Wire;

namespace Connector.Dsp.Tests.Peers;

public sealed class VersionWireTests
{
    [Fact]
    public void Our_own_document_is_read_as_it_was_meant() => Assert.Equal(
        "2025-1 /dsp/2025-1, 2024-1 /dsp/2024-1",
        Read(Encoding.UTF8.GetString(VersionWire.Write(new Participant("did:web:a.example", "a", null, "https://a.example/dsp/2025-1")))));

    [Theory]
    [InlineData("""{"protocolVersions":[{"version":"2024-1","path":"/old"},{"version":"2025-1","path":"/new/","binding":"HTTPS"}]}""", "2025-1 /new, 2024-1 /old")]
    [InlineData("""{"@context":"https://w3id.org/dspace/2024/1/context.json","protocolVersions":[{"version":"2024/1","path":"/2024/1"},{"version":"v0.8","path":"/"}]}""", "2024-1 /2024/1")]
    [InlineData("""{"protocolVersions":[{"version":"2025-1","path":"/a","binding":"gRPC"}]}""", "")]
    [InlineData("""{"protocolVersions":[{"version":"2025-1","path":"/"}],"more":{"a":1}}""", "2025-1 ")]
    public void Versions_that_are_spoken_here_are_found_newest_first(string document, string expected) => Assert.Equal(expected, Read(document));

    [Theory]
    [InlineData("@attacker.example/dsp")]
    [InlineData(".attacker.example/dsp")]
    [InlineData("//attacker.example/dsp")]
    [InlineData("/\\\\attacker.example")]
    [InlineData("/../../admin")]
    [InlineData("/dsp?x=1")]
    [InlineData("/dsp#x")]
    [InlineData("/a@b")]
    [InlineData("https://attacker.example/dsp")]
    [InlineData("/a b\\u0000")]
    [InlineData("")]
    public void A_path_that_would_lead_elsewhere_is_none(string path) => Assert.Equal("", Read($$"""{"protocolVersions":[{"version":"2025-1","path":"{{path}}"}]}"""));

    [Theory]
    [InlineData("")]
    [InlineData("<html>")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{"protocolVersions":[]}""")]
    [InlineData("""{"protocolVersions":"2025-1"}""")]
    [InlineData("""{"protocolVersions":[{"version":7,"path":"/"}]}""")]
    public void What_is_no_version_document_is_none(string document) => Assert.Null(VersionWire.Read(Encoding.UTF8.GetBytes(document), out _));

    [Fact]
    public void An_entry_that_is_null_harms_no_other() => Assert.Equal("2025-1 /a", Read("""{"protocolVersions":[null,{"version":"2025-1","path":"/a"}]}"""));

    private static string Read(string document) => string.Join(", ", VersionWire.Read(Encoding.UTF8.GetBytes(document), out _)!.Select(v => $"{v.Version.Name} {v.Path}"));
}
