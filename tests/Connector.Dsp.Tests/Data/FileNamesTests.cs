using System.Net.Http.Headers;
using Connector.Dsp.Data;

namespace Connector.Dsp.Tests.Data;

public sealed class FileNamesTests
{
    [Theory]
    [InlineData("attachment; filename=\"a.csv\"", "a.csv")]
    [InlineData("attachment; filename=\"../../a.csv\"", "a.csv")]
    [InlineData("attachment; filename*=UTF-8''b%2Ecsv; filename=a.csv", "b.csv")]
    [InlineData("attachment; filename*=utf-7''b; filename=a.csv", "a.csv")]
    [InlineData("attachment; filename*=UTF-7''b", "address.csv")]
    [InlineData("attachment; filename=\"=?utf-7?B?Yg==?=\"", "address.csv")]
    [InlineData("attachment; filename*=nothing''b", "address.csv")]
    [InlineData("attachment; filename*=UTF-8''%ff%fe", "address.csv")]
    [InlineData("attachment; filename=\"...\"", "address.csv")]
    [InlineData("attachment", "address.csv")]
    public void A_name_is_taken_from_where_one_can_be_read(string disposition, string name) =>
        Assert.Equal(name, FileNames.Of(ContentDispositionHeaderValue.Parse(disposition), new Uri("https://a.example/data/address.csv")));

    [Theory]
    [InlineData("https://a.example", "data")]
    [InlineData("https://a.example/%", "data")]
    [InlineData("https://a.example/%2e%2e%2fa%00b", "ab")]
    public void An_address_without_a_name_gives_none(string address, string name) => Assert.Equal(name, FileNames.Of(null, new Uri(address)));
}
