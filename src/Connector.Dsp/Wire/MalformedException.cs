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
}
