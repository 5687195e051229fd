namespace Connector.ControlPlane.Transfers;

/// <summary>The two pids a message names; the provider's is empty in a request, which is what tells it.</summary>
public readonly record struct TransferPids(string Provider, string Consumer)
{
    public string Other(Role role) => role == Role.Consumer ? Provider : Consumer;

    public static TransferPids Of(TransferMessage message) => message switch
    {
        TransferRequestMessage m => new TransferPids("", m.ConsumerPid),
        TransferStartMessage m => new TransferPids(m.ProviderPid, m.ConsumerPid),
        TransferSuspensionMessage m => new TransferPids(m.ProviderPid, m.ConsumerPid),
        TransferCompletionMessage m => new TransferPids(m.ProviderPid, m.ConsumerPid),
        TransferTerminationMessage m => new TransferPids(m.ProviderPid, m.ConsumerPid),
        _ => throw new ArgumentOutOfRangeException(nameof(message), message.GetType().Name, "unknown message"),
    };
}
