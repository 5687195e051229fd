using Connector.ControlPlane;

namespace Connector.Dsp.Wire;

/// <summary>A document that cannot be read; ends the reading with what is wrong, by its field.</summary>
internal sealed class MalformedException(Refusal refusal) : Exception(refusal.ToString())
{
    public MalformedException(string field, string found, string mend)
        : this(Refusal.Malformed(field, found, mend))
    {
    }

    public Refusal Refusal { get; } = refusal;

    /// <summary>Whether the fault may lie in the document's shape, so that reading it as JSON-LD may find it whole; what was understood and is not supported stays so.</summary>
    public bool IsOfShape => Refusal.Code == "malformed";
}
