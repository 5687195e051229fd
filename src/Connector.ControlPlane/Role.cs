namespace Connector.ControlPlane;

/// <summary>Which side of a process this connector is: the consumer asks, the provider gives.</summary>
public enum Role
{
    Consumer,
    Provider,
}
