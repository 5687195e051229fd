using System.Collections.Immutable;

namespace Connector.ControlPlane.Transfers;

/// <summary>A message of the transfer process protocol (DSP 2025-1), whatever binding carries it.</summary>
/// <param name="Id">Id of the logical message: new for each, the same on every retry.</param>
public abstract record TransferMessage(string Id)
{
    public abstract TransferMessageKind Kind { get; }
}

/// <summary>The kinds of transfer message.</summary>
public enum TransferMessageKind
{
    Request,
    Start,
    Suspension,
    Completion,
    Termination,
}

/// <summary>Consumer → provider: asks for the data of an agreement.</summary>
/// <param name="Format">One of the dataset's distribution formats; decides between pull and push.</param>
/// <param name="DataAddress">Where to push to; only with a push format.</param>
public sealed record TransferRequestMessage(string Id, string ConsumerPid, string AgreementId, string Format, string? CallbackAddress, DataAddress? DataAddress)
    : TransferMessage(Id)
{
    public override TransferMessageKind Kind => TransferMessageKind.Request;
}

/// <summary>The transfer starts (provider) or resumes (either side).</summary>
/// <param name="DataAddress">Where the consumer finds the data; set by a provider for a pull.</param>
public sealed record TransferStartMessage(string Id, string ProviderPid, string ConsumerPid, DataAddress? DataAddress) : TransferMessage(Id)
{
    public override TransferMessageKind Kind => TransferMessageKind.Start;
}

/// <summary>Either side pauses the transfer.</summary>
public sealed record TransferSuspensionMessage(string Id, string ProviderPid, string ConsumerPid, string? Code, ImmutableArray<string> Reasons) : TransferMessage(Id)
{
    public override TransferMessageKind Kind => TransferMessageKind.Suspension;
}

/// <summary>The data has been moved.</summary>
/// <param name="Receipt">The consumer's signed receipt, when it is the consumer that completes and the binding can carry one.</param>
public sealed record TransferCompletionMessage(string Id, string ProviderPid, string ConsumerPid, SignedReceipt? Receipt) : TransferMessage(Id)
{
    public override TransferMessageKind Kind => TransferMessageKind.Completion;
}

/// <summary>Either side ends the transfer for good.</summary>
public sealed record TransferTerminationMessage(string Id, string ProviderPid, string ConsumerPid, string? Code, ImmutableArray<string> Reasons) : TransferMessage(Id)
{
    public override TransferMessageKind Kind => TransferMessageKind.Termination;
}

/// <summary>The receiver's statement of what arrived, and its signature.</summary>
/// <param name="Json">The receipt: agreement, transfer, files with sizes and SHA-256, time.</param>
/// <param name="Signature">The receiver's detached JWS over it.</param>
public sealed record SignedReceipt(string Json, string Signature)
{
    /// <summary>What a push to an endpoint that signs nothing ends with.</summary>
    public static SignedReceipt None { get; } = new("", "");
}
