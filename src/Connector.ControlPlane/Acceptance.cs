namespace Connector.ControlPlane;

/// <summary>Who takes the next step of a negotiation when it is this connector's turn.</summary>
public enum Acceptance
{
    /// <summary>The connector, as far as the policy permits.</summary>
    Auto,

    /// <summary>The operator decides on the terms (approve, counter, refuse); the steps that follow a decision are taken by the connector.</summary>
    Manual,

    /// <summary>The operator takes every single step.</summary>
    Stepwise,
}
