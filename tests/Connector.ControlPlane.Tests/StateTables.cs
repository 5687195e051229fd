using System.Text;
using Connector.ControlPlane.Negotiations;
using Connector.ControlPlane.Transfers;

namespace Connector.ControlPlane.Tests;

/// <summary>Prints the state tables for people to read and for tests to compare.</summary>
internal static class StateTables
{
    public static string Negotiations()
    {
        var text = new StringBuilder("role × state × message: what the receiver does, and whether the side may send it itself\n");
        foreach (var role in Enum.GetValues<Role>())
        {
            foreach (var state in Enum.GetValues<NegotiationState>().Cast<NegotiationState?>().Prepend(null))
            {
                foreach (var kind in Enum.GetValues<NegotiationMessageKind>())
                {
                    var receives = (NegotiationRules.SenderOf(kind) ?? NegotiationRules.Opposite(role)) != role ? NegotiationRules.Next(state, kind) : null;
                    text.Append(System.Globalization.CultureInfo.InvariantCulture, $"{role,-9}{state?.ToString() ?? "(none)",-12}{kind,-14}receive: {receives?.ToString() ?? "refuse",-12}send: {(NegotiationRules.MaySend(role, state, kind) ? "yes" : "no")}\n");
                }
            }
        }

        return text.ToString();
    }

    public static string Transfers()
    {
        var text = new StringBuilder("role × state × message: what the receiver does, and whether the side may send it itself\n");
        foreach (var role in Enum.GetValues<Role>())
        {
            foreach (var state in Enum.GetValues<TransferState>().Cast<TransferState?>().Prepend(null))
            {
                foreach (var kind in Enum.GetValues<TransferMessageKind>())
                {
                    var receives = TransferRules.MaySend(NegotiationRules.Opposite(role), state, kind) ? TransferRules.Next(state, kind) : null;
                    text.Append(System.Globalization.CultureInfo.InvariantCulture, $"{role,-9}{state?.ToString() ?? "(none)",-12}{kind,-14}receive: {receives?.ToString() ?? "refuse",-12}send: {(TransferRules.MaySend(role, state, kind) ? "yes" : "no")}\n");
                }
            }
        }

        return text.ToString();
    }
}
