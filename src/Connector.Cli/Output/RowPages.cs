using Spectre.Console;
using Spectre.Console.Rendering;

namespace Connector.Cli.Output;

/// <summary>
/// A plain table that is written page by page, so that a long one is never held whole: a heading, one row a line, nothing drawn around them, so that it can be
/// searched and cut. A column gets no narrower from page to page.
/// </summary>
/// <param name="none">What is said when there is no row at all.</param>
internal sealed class RowPages<T>(string none, params (string Heading, Func<T, string> Cell)[] columns)
{
    private const int Gap = 2;

    private readonly int[] _widths = new int[columns.Length];
    private bool _begun;

    public void Write(IAnsiConsole console, IReadOnlyCollection<T> items)
    {
        if (items.Count == 0)
        {
            return;
        }

        var rows = items.Select(item => columns.Select(column => new Text(column.Cell(item))).ToArray()).ToList();
        Widen(console, rows);
        var table = new Table { Border = TableBorder.None, ShowHeaders = !_begun };
        for (var i = 0; i < columns.Length; i++)
        {
            // Where not all fits, the terminal's width decides anew.
            table.AddColumn(new TableColumn(new Text(columns[i].Heading)) { NoWrap = true, Padding = new Padding(0, 0, Gap, 0), Width = _begun && Fits(console) ? _widths[i] : null });
        }

        rows.ForEach(row => table.AddRow(row));
        console.Write(table);
        _begun = true;
    }

    public void End(IAnsiConsole console)
    {
        if (!_begun)
        {
            console.WriteLine(none);
        }
    }

    private bool Fits(IAnsiConsole console) => _widths.Sum(static width => width + Gap) <= console.Profile.Width;

    private void Widen(IAnsiConsole console, List<Text[]> rows)
    {
        var options = RenderOptions.Create(console);
        for (var i = 0; i < columns.Length; i++)
        {
            _widths[i] = Math.Max(Math.Max(_widths[i], columns[i].Heading.Length), rows.Max(row => ((IRenderable)row[i]).Measure(options, int.MaxValue).Max));
        }
    }
}
