namespace Connector.Dsp.JsonLd;

/// <summary>A document that is no JSON-LD, or not of the kind spoken here. The only exception these types throw on bad input.</summary>
public sealed class JsonLdException : Exception
{
    public JsonLdException(string code, string where, string message)
        : base($"{message} (at {where}; {code})")
    {
        Code = code;
        Where = where;
    }

    /// <summary>The error code of JSON-LD 1.1 API §9.6 ("protected term redefinition"), or one of <see cref="Limits"/>' own ("document too large").</summary>
    public string Code { get; }

    /// <summary>A JSON pointer into the document, "/" for the whole.</summary>
    public string Where { get; }
}
