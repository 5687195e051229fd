using System.Text;
using System.Text.Json;
using Connector.Dsp.JsonLd;
using Connector.Testing.Dsp;

namespace Connector.Dsp.Tests.JsonLd;

public sealed class FaultTests
{
    [Theory]
    [InlineData("""{"@context": "https://example.com/mine.jsonld"}""", "loading remote context failed", "/@context")]
    [InlineData("""{"@context": ["https://w3id.org/dspace/2025/1/context.jsonld", {"Catalog": "http://example.com/Catalog"}]}""", "protected term redefinition", "/@context/Catalog")]
    [InlineData("""{"@context": ["https://w3id.org/dspace/2025/1/context.jsonld", null]}""", "invalid context nullification", "/@context")]
    [InlineData("""{"@context": ["https://w3id.org/dspace/2025/1/context.jsonld", {"Offer": "http://example.com/Offer"}], "@type": "ContractRequestMessage", "offer": {"@context": {"Offer": "http://example.com/O"}}}""", "protected term redefinition", "/offer/@context/Offer")]
    [InlineData("""{"@context": {"a": "b:x", "b": "a:y"}}""", "cyclic IRI mapping", "/@context/a/b")]
    [InlineData("""{"@context": {"a": {"@id": "http://example.com/a", "@reverse": "http://example.com/b"}}}""", "invalid term definition", "/@context/a")]
    [InlineData("""{"@context": {"a": {"@id": "http://example.com/a", "@container": "@index"}}}""", "invalid container mapping", "/@context/a")]
    [InlineData("""{"@context": {"@type": "http://example.com/a"}}""", "keyword redefinition", "/@context/@type")]
    [InlineData("""{"@context": {"": "http://example.com/a"}}""", "invalid term definition", "/@context")]
    [InlineData("""{"@context": {"@import": "https://example.com/x"}}""", "loading remote context failed", "/@context")]
    [InlineData("""{"@context": {"@version": 1.0}}""", "invalid @version value", "/@context")]
    [InlineData("""{"@context": 7}""", "invalid local context", "/@context")]
    [InlineData("""{"@context": {"@vocab": 7}}""", "invalid vocab mapping", "/@context")]
    [InlineData("""{"@id": 7}""", "invalid @id value", "/@id")]
    [InlineData("""{"@type": {"a": 1}}""", "invalid type value", "/@type")]
    [InlineData("""{"http://example.com/p": {"@value": {}}}""", "invalid value object value", "/http:~1~1example.com~1p/@value")]
    [InlineData("""{"http://example.com/p": {"@value": "x", "@id": "y:z"}}""", "invalid value object", "/http:~1~1example.com~1p")]
    [InlineData("""{"http://example.com/p": {"@value": 7, "@language": "en"}}""", "invalid language-tagged value", "/http:~1~1example.com~1p")]
    [InlineData("""{"http://example.com/p": {"@list": [], "@id": "y:z"}}""", "invalid set or list object", "/http:~1~1example.com~1p")]
    [InlineData("""{"@context": {"id": "@id"}, "@id": "a:b", "id": "c:d"}""", "colliding keywords", "/id")]
    [InlineData("""{"@included": {}}""", "unsupported keyword", "/@included")]
    [InlineData("""{"@reverse": {}}""", "unsupported keyword", "/@reverse")]
    [InlineData("""{"a": 1, "a": 2}""", "repeated key", "/")]
    [InlineData("""{"http://example.com/p": "\ud800"}""", "invalid text", "/")]
    [InlineData("""{"\ud800": 1}""", "invalid text", "/")]
    public void What_is_wrong_is_named_with_its_place(string document, string code, string where)
    {
        var fault = Assert.Throws<JsonLdException>(() => JsonLdExpansion.Expand(Same.Parse(document)));
        Assert.Equal((code, where), (fault.Code, fault.Where));
    }

    [Fact]
    public void An_unknown_context_is_named() => Assert.Contains(
        "https://example.com/mine.jsonld",
        Assert.Throws<JsonLdException>(() => JsonLdExpansion.Expand(Same.Parse("""{"@context": "https://example.com/mine.jsonld"}"""))).Message,
        StringComparison.Ordinal);

    [Fact]
    public void A_document_too_deep_is_refused()
    {
        var text = string.Concat(Enumerable.Repeat("""{"http://e.com/p":""", 500)) + "1" + new string('}', 500);
        using var document = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = 1000 });
        Assert.Equal("document too deep", Assert.Throws<JsonLdException>(() => JsonLdExpansion.Expand(document.RootElement)).Code);
    }

    [Fact]
    public void A_document_too_large_is_refused()
    {
        var text = "[" + string.Join(',', Enumerable.Repeat("1", 600_000)) + "]";
        Assert.Equal("document too large", Assert.Throws<JsonLdException>(() => JsonLdExpansion.Expand(Same.Parse(text))).Code);
    }

    [Fact]
    public void Too_many_contexts_are_refused()
    {
        var text = """{"@context": [""" + string.Join(',', Enumerable.Range(0, 300).Select(n => $$"""{"t{{n}}": "http://example.com/{{n}}"}""")) + "]}";
        Assert.Equal("context overflow", Assert.Throws<JsonLdException>(() => JsonLdExpansion.Expand(Same.Parse(text))).Code);
    }

    [Fact]
    public void Too_many_terms_are_refused()
    {
        var text = new StringBuilder("""{"@context": {"z": "http://example.com/z" """);
        for (var n = 0; n < 30_000; n++)
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $$""","t{{n}}": "http://example.com/{{n}}" """);
        Assert.Equal("context overflow", Assert.Throws<JsonLdException>(() => JsonLdExpansion.Expand(Same.Parse(text + "}}"))).Code);
    }

    [Fact]
    public void A_chain_of_terms_that_need_each_other_is_refused_before_the_stack_ends()
    {
        var text = """{"@context": {""" + string.Join(',', Enumerable.Range(0, 5_000).Select(n => $$""" "t{{n}}": "t{{n + 1}}:x" """)) + "}}";
        Assert.Equal("context overflow", Assert.Throws<JsonLdException>(() => JsonLdExpansion.Expand(Same.Parse(text))).Code);
    }

    [Fact]
    public void Contexts_named_in_ever_new_orders_do_not_change_what_is_read()
    {
        var message = Fixtures.Json("dsp-2025-1/negotiation/example/contract-request-message.json");
        var expected = Same.Element(JsonLdExpansion.Expand(message));
        string[] urls = [.. ContextBundle.Default.Urls.Where(url => url.Contains("2024/1", StringComparison.Ordinal) || url.Contains("odrl", StringComparison.Ordinal) || url.Contains("edc", StringComparison.Ordinal))];
        for (var n = 0; n < 1_500; n++)
        {
            var chosen = new[] { urls[n % urls.Length], urls[n / urls.Length % urls.Length], urls[n / urls.Length / urls.Length % urls.Length], urls[n / 7 % urls.Length] };
            JsonLdCompaction.Compact([], chosen);
        }

        Same.Json(expected, JsonLdExpansion.Expand(message));
    }
}
