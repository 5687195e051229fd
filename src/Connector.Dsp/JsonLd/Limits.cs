namespace Connector.Dsp.JsonLd;

/// <summary>What one document may ask of this processor. Far above any message of the protocol, far below what hurts.</summary>
internal static class Limits
{
    /// <summary>Objects and arrays within each other.</summary>
    public const int Depth = 64;

    /// <summary>JSON values in one document.</summary>
    public const int Values = 500_000;

    /// <summary>Context objects read for one document; those already known from the bundle do not count.</summary>
    public const int Contexts = 256;

    /// <summary>Terms defined for one document.</summary>
    public const int Terms = 5_000;

    /// <summary>Contexts that lead to contexts.</summary>
    public const int ContextDepth = 16;

    /// <summary>Terms that need other terms to be defined first.</summary>
    public const int TermDepth = 64;

    /// <summary>Active contexts kept for the next document.</summary>
    public const int Kept = 512;
}
