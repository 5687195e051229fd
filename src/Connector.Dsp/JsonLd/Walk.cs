namespace Connector.Dsp.JsonLd;

/// <summary>One passage through a document: where it is, and what it has used up.</summary>
internal sealed class Walk
{
    private readonly List<string> path = [];
    private int contexts;
    private int terms;
    private int contextDepth;

    public string Where => path.Count == 0 ? "/" : "/" + string.Join('/', path.Select(step => Clip(step).Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)));

    /// <summary>A stranger's word, short enough to be repeated.</summary>
    public static string Clip(string word) => word.Length <= 120 ? word : word[..120] + "…";

    public void Enter(string step)
    {
        if (path.Count > Limits.Depth * 2)
            throw Fault("document too deep", $"There are more than {Limits.Depth} levels; send a flatter document.");

        path.Add(step);
    }

    public void Leave() => path.RemoveAt(path.Count - 1);

    public void EnterContext()
    {
        if (++contextDepth > Limits.ContextDepth)
            throw Fault("context overflow", $"Contexts lead to contexts more than {Limits.ContextDepth} times over; name each one once.");
    }

    public void LeaveContext() => contextDepth--;

    public void CountContext()
    {
        if (++contexts > Limits.Contexts)
            throw Fault("context overflow", $"There are more than {Limits.Contexts} contexts; put one at the top of the document.");
    }

    public void CountTerm()
    {
        if (++terms > Limits.Terms)
            throw Fault("context overflow", $"The contexts define more than {Limits.Terms} terms; send only those the document uses.");
    }

    public JsonLdException Fault(string code, string message) => new(code, Where, message);
}
