using Connector.Dsp.Data;
using Microsoft.Extensions.Primitives;

namespace Connector.Dsp.Tests.Data;

/// <summary>RFC 9110, sections 13 and 14, on a file of ten bytes.</summary>
public sealed class RangeRulesTests
{
    private const string Tag = "\"v1\"";

    private static readonly Selection s_whole = new(200, 0, 10);

    [Fact]
    public void Without_conditions_the_whole_is_given() =>
        Assert.Equal(s_whole, Select());

    [Theory]
    [InlineData("bytes=0-0", 0, 1)]
    [InlineData("bytes=3-5", 3, 3)]
    [InlineData("bytes=9-9", 9, 1)]
    [InlineData("bytes=9-", 9, 1)]
    [InlineData("bytes=0-", 0, 10)]
    [InlineData("bytes=5-9", 5, 5)]
    [InlineData("bytes=5-10", 5, 5)]
    [InlineData("bytes=5-9223372036854775807", 5, 5)]
    [InlineData("bytes=-1", 9, 1)]
    [InlineData("bytes=-9", 1, 9)]
    [InlineData("bytes=-10", 0, 10)]
    [InlineData("bytes=-11", 0, 10)]
    [InlineData("Bytes=3-5", 3, 3)]
    public void A_range_is_cut_to_the_file(string range, long first, long length) =>
        Assert.Equal(new Selection(206, first, length), Select(range: range));

    [Theory]
    [InlineData("bytes=10-", 10)]
    [InlineData("bytes=11-12", 10)]
    [InlineData("bytes=9223372036854775807-", 10)]
    [InlineData("bytes=-0", 10)]
    [InlineData("bytes=0-", 0)]
    [InlineData("bytes=-1", 0)]
    public void A_range_beyond_the_file_cannot_be_given(string range, long size) =>
        Assert.Equal(new Selection(416, 0, 0), Select(range: range, size: size));

    [Theory]
    [InlineData("")]
    [InlineData("bytes")]
    [InlineData("bytes=")]
    [InlineData("bytes=-")]
    [InlineData("bytes=5-2")]
    [InlineData("bytes=a-b")]
    [InlineData("bytes=99999999999999999999-")]
    [InlineData("bytes=0-1,3-4")]
    [InlineData("pages=1-2")]
    public void A_range_that_cannot_be_read_or_is_none_of_bytes_or_several_is_as_good_as_absent(string range) =>
        Assert.Equal(s_whole, Select(range: range));

    [Theory]
    [InlineData(Tag, 200)]
    [InlineData("\"v0\", \"v1\"", 200)]
    [InlineData("*", 200)]
    [InlineData("\"v0\"", 412)]
    [InlineData("W/\"v1\"", 412)]
    [InlineData("v1", 412)]
    public void If_Match_asks_for_the_very_file(string tags, int status) =>
        Assert.Equal(s_whole with { Status = status }, Select(ifMatch: tags));

    [Theory]
    [InlineData(Tag, 304)]
    [InlineData("W/\"v1\"", 304)]
    [InlineData("\"v0\", W/\"v1\"", 304)]
    [InlineData("*", 304)]
    [InlineData("\"v0\"", 200)]
    [InlineData("v1", 200)]
    public void If_None_Match_asks_for_another_file_than_the_one_there_is(string tags, int status) =>
        Assert.Equal(s_whole with { Status = status }, Select(ifNoneMatch: tags));

    [Fact]
    public void Tags_in_several_fields_are_one_list()
    {
        Assert.Equal(200, Select(ifMatch: new StringValues(["\"v0\"", Tag])).Status);
        Assert.Equal(304, Select(ifNoneMatch: new StringValues(["\"v0\"", Tag])).Status);
    }

    [Fact]
    public void If_Match_is_asked_before_If_None_Match_and_both_before_the_range()
    {
        Assert.Equal(412, Select(ifMatch: "\"v0\"", ifNoneMatch: Tag, range: "bytes=3-5").Status);
        Assert.Equal(304, Select(ifMatch: Tag, ifNoneMatch: Tag, range: "bytes=3-5").Status);
        Assert.Equal(206, Select(ifMatch: Tag, ifNoneMatch: "\"v0\"", range: "bytes=3-5").Status);
    }

    [Theory]
    [InlineData(null, 206)]
    [InlineData("", 206)]
    [InlineData(Tag, 206)]
    [InlineData("\"v0\"", 200)]
    [InlineData("W/\"v1\"", 200)]
    [InlineData("v1", 200)]
    [InlineData("Tue, 24 Nov 2026 09:00:00 GMT", 200)]
    public void If_Range_gives_a_part_of_the_same_file_and_the_whole_of_another(string? condition, int status) =>
        Assert.Equal(status, Select(ifRange: condition, range: "bytes=3-5").Status);

    private static Selection Select(StringValues ifMatch = default, StringValues ifNoneMatch = default, string? ifRange = null, string? range = null, long size = 10) =>
        RangeRules.Select(new RequestConditions(ifMatch, ifNoneMatch, ifRange, range), Tag, size);
}
