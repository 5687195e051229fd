using Connector.Testing.Dsp;

namespace Connector.Dsp.Tests.JsonLd;

public sealed class SchemaTests
{
    public static TheoryData<string> Invalid => [.. Fixtures.Files("dsp-authored/invalid/")];

    public static TheoryData<string> Published => [.. Fixtures.Files("dsp-2025-1", "/example/")];

    [Theory]
    [MemberData(nameof(Invalid))]
    public void A_message_that_must_be_refused_has_faults(string path)
    {
        var sample = Fixtures.Json(path);
        Assert.NotEmpty(DspSchemas.Validate("2025-1", sample.GetProperty("schema").GetString()!, sample.GetProperty("message")));
    }

    [Theory]
    [MemberData(nameof(Published))]
    public void A_published_example_has_none(string path) => Assert.Empty(DspSchemas.Validate("2025-1", Examples.SchemaOf(path), Fixtures.Json(path)));
}
