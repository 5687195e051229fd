namespace Connector.ControlPlane.Transfers;

/// <summary>The states of a transfer process (DSP 2025-1, transfer process protocol, states). Only these are stored.</summary>
public enum TransferState
{
    Requested,
    Started,
    Suspended,
    Completed,
    Terminated,
}
