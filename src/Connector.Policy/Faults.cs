using System.Collections.ObjectModel;

namespace Connector.Policies;

/// <summary>Faults up to a number that somebody will read: a document of nothing but faults costs no more than that.</summary>
public sealed class Faults : Collection<Fault>
{
    private const int Most = 200;

    protected override void InsertItem(int index, Fault item)
    {
        if (Count < Most)
        {
            base.InsertItem(index, item);
        }
        else if (Count == Most)
        {
            base.InsertItem(index, new Fault(item.File, item.Line, item.Column, "", $"here and further on there are more faults than the {Most} before", "mend those first"));
        }
    }
}
