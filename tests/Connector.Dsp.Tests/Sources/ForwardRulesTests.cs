using Connector.ControlPlane;
using Connector.ControlPlane.Publications;
using Connector.Dsp.Sources;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace Connector.Dsp.Tests.Sources;

/// <summary>What of a path and a query goes on, to the last character, and what the consumer is told when it does not.</summary>
public sealed class ForwardRulesTests
{
    private static readonly HttpSource s_source = new(new Uri("https://internal.example:8443/api"))
    {
        Paths = ["items/*", "items/*/parts", "reports/**", "*/any", "exact"],
        Query = ["year", "product"],
    };

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public void Without_a_path_the_address_itself_is_asked(string? path)
    {
        Assert.Equal("https://internal.example:8443/api", Asked(path));
        Assert.Equal("https://internal.example:8443/api/", Asked(path, source: new HttpSource(new Uri("https://internal.example:8443/api/"))));
    }

    [Theory]
    [InlineData("exact", "/api/exact")]
    [InlineData("items/7", "/api/items/7")]
    [InlineData("items/7/parts", "/api/items/7/parts")]
    [InlineData("reports/2026", "/api/reports/2026")]
    [InlineData("reports/2026/11/24", "/api/reports/2026/11/24")]
    [InlineData("whatever/any", "/api/whatever/any")]
    [InlineData("items/a b", "/api/items/a%20b")]
    [InlineData("items/ü?#&=+", "/api/items/%C3%BC%3F%23%26%3D%2B")]
    [InlineData("items/...", "/api/items/...")]
    public void A_listed_path_is_written_anew_beneath_the_address(string path, string asked)
    {
        Assert.Equal("https://internal.example:8443" + asked, Asked(path));
        Assert.Equal("https://internal.example:8443" + asked, Asked(path, source: s_source with { Address = new Uri("https://internal.example:8443/api/") }));
    }

    [Theory]
    [InlineData("items")]
    [InlineData("items/7/other")]
    [InlineData("items/7/parts/8")]
    [InlineData("Items/7")]
    [InlineData("reports")]
    [InlineData("report/2026")]
    [InlineData("reportss/2026")]
    [InlineData("exact/more")]
    [InlineData("any")]
    [InlineData("*")]
    public void A_path_that_is_not_listed_is_refused(string path) =>
        Refused(Fault(path), "path", "path is none that this dataset gives", "ask for a path that the provider names");

    [Fact]
    public void A_dataset_without_paths_says_that_its_address_is_all_there_is() =>
        Refused(Fault("exact", source: s_source with { Paths = [] }), "path", "path is none that this dataset gives", "ask for the address itself");

    [Theory]
    [InlineData("reports/")]
    [InlineData("/reports/a")]
    [InlineData("reports//a")]
    [InlineData("reports/.")]
    [InlineData("reports/..")]
    [InlineData("reports/../a")]
    [InlineData("reports/a\\b")]
    [InlineData("reports/a;b")]
    [InlineData("reports/%61")]
    [InlineData("reports/a\nb")]
    [InlineData("reports/a\u007f")]
    public void A_path_that_could_be_read_as_another_is_refused_although_it_is_listed(string path) =>
        Refused(Fault(path), "path", "path has an empty part, a part of dots, or one of \\ ; % and control characters", "ask for a plain path");

    [Fact]
    public void A_path_is_at_most_2048_characters_in_32_parts()
    {
        Assert.Null(Fault("reports/" + new string('a', 2040)));
        Refused(Fault("reports/" + new string('a', 2041)), "path", "path is too long", "use at most 2048 characters in 32 parts");
        Assert.Null(Fault("reports" + string.Concat(Enumerable.Repeat("/a", 31))));
        Refused(Fault("reports" + string.Concat(Enumerable.Repeat("/a", 32))), "path", "path is too long", "use at most 2048 characters in 32 parts");
    }

    [Theory]
    [InlineData("?year=2026&product=a%26b", "?year=2026&product=a%26b")]
    [InlineData("?year=1&year=2", "?year=1&year=2")]
    [InlineData("?year", "?year=")]
    [InlineData("?", "")]
    public void Listed_parameters_are_written_anew(string query, string asked) =>
        Assert.Equal("https://internal.example:8443/api" + asked, Asked(null, query));

    [Fact]
    public void Parameters_of_the_address_itself_stay_and_come_first()
    {
        var source = s_source with { Address = new Uri("https://internal.example/api?tenant=7&v=2") };

        Assert.Equal("https://internal.example/api?tenant=7&v=2", Asked(null, source: source));
        Assert.Equal("https://internal.example/api/exact?tenant=7&v=2&year=2026", Asked("exact", "?year=2026", source));
        Refused(Fault(null, "?tenant=8", source), "query", "query has 'tenant'", "use only year, product");
    }

    [Theory]
    [InlineData("?secret=1", "secret")]
    [InlineData("?year=1&secret=1", "secret")]
    [InlineData("?Year=1", "Year")]
    [InlineData("?=1", "")]
    public void A_parameter_that_is_not_listed_is_refused_by_name(string query, string name)
    {
        Refused(Fault(null, query), "query", $"query has '{name}', which this dataset does not take", "use only year, product");
        Refused(Fault(null, query, s_source with { Query = [] }), "query", "which this dataset does not take", "leave it out");
    }

    [Fact]
    public void The_name_of_a_parameter_is_not_repeated_at_length() =>
        Assert.True(Fault(null, $"?{new string('x', 1000)}=1")!.Message.Length < 200);

    [Fact]
    public void A_query_is_at_most_4096_characters_with_names_and_signs()
    {
        Assert.Null(Fault(null, "?year=" + new string('1', 4090)));
        Refused(Fault(null, "?year=" + new string('1', 4091)), "query", "query is too long", "use at most 4096 characters");
        Assert.Null(Fault(null, "?year=" + new string('1', 4000) + string.Concat(Enumerable.Repeat("&year=", 15))));
        Refused(Fault(null, "?year=" + new string('1', 4001) + string.Concat(Enumerable.Repeat("&year=", 15))), "query", "query is too long", "use at most 4096 characters");
        Refused(Fault(null, $"?year={new string('1', 2046)}&product={new string('1', 2048)}"), "query", "query is too long", "use at most 4096 characters");
    }

    [Fact]
    public void What_is_wrong_with_the_path_is_said_first() =>
        Assert.Equal("path", Fault("admin", "?secret=1")!.Field);

    private static Result<Uri> Address(string? path, string query, HttpSource? source) =>
        ForwardRules.Address(source ?? s_source, path, new QueryCollection(QueryHelpers.ParseQuery(query)));

    private static string Asked(string? path, string query = "", HttpSource? source = null) => Address(path, query, source).Value.AbsoluteUri;

    private static Refusal? Fault(string? path, string query = "", HttpSource? source = null) => Address(path, query, source).Refusal;

    private static void Refused(Refusal? refusal, string field, string message, string mend)
    {
        Assert.Equal((RefusalKind.Forbidden, "not-forwarded", field), (refusal?.Kind, refusal?.Code, refusal?.Field));
        Assert.Contains(message, refusal!.Message, StringComparison.Ordinal);
        Assert.Contains(mend, refusal.Mend, StringComparison.Ordinal);
    }
}
