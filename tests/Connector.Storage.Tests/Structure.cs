using System.Collections;
using System.Globalization;
using System.Reflection;

namespace Connector.Storage.Tests;

/// <summary>A record written out with all that it holds, so that two can be compared by content: collections compare by reference.</summary>
internal static class Structure
{
    public static string Of(object? value) => value switch
    {
        null => "null",
        string text => $"\"{text}\"",
        DateTimeOffset time => time.ToString("O", CultureInfo.InvariantCulture),
        IDictionary entries => $"{{{string.Join(", ", entries.Keys.Cast<string>().Order(StringComparer.Ordinal).Select(key => $"\"{key}\": {Of(entries[key])}"))}}}",
        IEnumerable items => $"[{string.Join(", ", items.Cast<object?>().Select(Of))}]",
        IFormattable plain => plain.ToString(null, CultureInfo.InvariantCulture),
        bool flag => flag.ToString(),
        _ => $"{value.GetType().Name}({string.Join(", ", value.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.CanWrite).Select(p => $"{p.Name}: {Of(p.GetValue(value))}"))})",
    };
}
