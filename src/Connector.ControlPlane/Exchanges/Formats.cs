namespace Connector.ControlPlane.Exchanges;

/// <summary>The distribution formats that transfers are asked for by. Push is told by the suffix (DSP convention).</summary>
public static class Formats
{
    public const string GrpcPull = "Grpc-PULL";
    public const string GrpcPush = "Grpc-PUSH";
    public const string HttpPull = "HttpData-PULL";
    public const string HttpPush = "HttpData-PUSH";

    /// <summary>Endpoint type of a data address served by <c>dataspace.peer.v1.ExchangeService</c>.</summary>
    public const string GrpcEndpointType = "urn:connector:endpoint:grpc-exchange:v1";

    /// <summary>Endpoint type of a data address served over HTTP (the name deployed connectors use).</summary>
    public const string HttpEndpointType = "https://w3id.org/idsa/v4.1/HTTP";

    /// <summary>Stands for the push format of whichever binding an agreement is under.</summary>
    public const string Push = "push";

    /// <summary>The formats that a binding can carry.</summary>
    public static IReadOnlyList<string> For(Binding binding) => binding == Binding.Grpc ? [GrpcPull, GrpcPush] : [HttpPull, HttpPush];
}
