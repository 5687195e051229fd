using System.Globalization;
using Connector.Cli.Output;

namespace Connector.Cli.Tests.Local;

public sealed class ScreenTests
{
    [Theory]
    [InlineData(OutputFormat.Table)]
    [InlineData(OutputFormat.Json)]
    [InlineData(OutputFormat.Yaml)]
    internal async Task Each_page_of_a_list_is_written_before_the_next_is_asked_for(OutputFormat format)
    {
        using var output = new StringWriter(CultureInfo.InvariantCulture);

        await new Screen(output, format).ShowAsync(Pages(output), static number => number, Rows());

        Assert.Contains("2999", output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Columns_of_later_pages_stand_under_those_of_the_first()
    {
        using var output = new StringWriter(CultureInfo.InvariantCulture);

        await new Screen(output, OutputFormat.Table).ShowAsync(Pages("longest", "x", "more than before", "y"), static text => text, new RowPages<string>("none", ("NAME", static text => text), ("LENGTH", static text => $"{text.Length}")));

        Assert.Equal(
            ["NAME     LENGTH", "longest  7", "x        1", "more than before  16", "y                 1"],
            output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(static line => line.TrimEnd()));
    }

    private static RowPages<int> Rows() => new("none", ("NUMBER", static number => $"{number}"));

    private static async IAsyncEnumerable<IReadOnlyCollection<string>> Pages(params IEnumerable<string> items)
    {
        foreach (var item in items)
        {
            await Task.Yield();
            yield return [item];
        }
    }

    private static async IAsyncEnumerable<IReadOnlyCollection<int>> Pages(StringWriter output)
    {
        for (var page = 0; page < 3; page++)
        {
            await Task.Yield();
            Assert.Equal(page > 0, output.ToString().Contains($"{(page * 1000) - 1}", StringComparison.Ordinal));
            yield return [.. Enumerable.Range(page * 1000, 1000)];
        }
    }
}
