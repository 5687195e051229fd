using Connector.Dsp.Tests.JsonLd;
using Connector.Testing.Dsp;

namespace Connector.Dsp.Tests;

/// <summary>What is sent, held to the published schemas: each of them, whatever the standard's folder holds.</summary>
public sealed class SentTests
{
    public static TheoryData<string> Published => [.. Fixtures.Files("dsp-2025-1", "/example/")];

    [Theory]
    [MemberData(nameof(Published))]
    public void What_is_sent_of_each_kind_that_the_standard_has_an_example_of_validates(string example)
    {
        foreach (var (schema, part) in Sent.Parts(Examples.SchemaOf(example), Sent.Like(Fixtures.Json(example))))
        {
            Assert.True(DspSchemas.Validate("2025-1", schema, part) is { Count: 0 }, $"{schema} does not hold for {part}");
        }
    }

    [Fact]
    public void Every_schema_of_the_standard_is_one_that_something_sent_was_held_to()
    {
        var used = Fixtures.Files("dsp-2025-1", "/example/").SelectMany(example => Sent.Parts(Examples.SchemaOf(example), Sent.Like(Fixtures.Json(example)))).Select(part => "dsp-2025-1/" + part.Schema.Split('#')[0]);

        Assert.Equal(Fixtures.Files("dsp-2025-1", "-schema.json"), used.Distinct().Order(StringComparer.Ordinal));
    }
}
