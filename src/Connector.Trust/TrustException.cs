namespace Connector.Trust;

/// <summary>A fault in this connector's own keys, certificates or trust configuration; the message names the file or setting and what to do.</summary>
public sealed class TrustException : Exception
{
    public TrustException(string message)
        : base(message)
    {
    }

    public TrustException(string message, Exception inner)
        : base(message, inner)
    {
    }

    public TrustException()
    {
    }
}
