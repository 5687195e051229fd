using Connector.ControlPlane;
using Connector.ControlPlane.Negotiations;
using Connector.ControlPlane.Transfers;

namespace Connector.Simulation.Tests;

/// <summary>The people at the two companies.</summary>
internal static class Operators
{
    /// <summary>Gives an order to the process, if it is running. What becomes of it shows at the end.</summary>
    public static void Order<T>(Node node, Func<Life, ValueTask<Result<T>>> order)
    {
        if (node.Life is { } life)
        {
            _ = order(life).AsTask();
        }
    }

    public static void DoSomething(World world, Node node)
    {
        var random = world.Random;
        var negotiations = node.Negotiations();
        var agreements = node.Agreements();
        var transfers = node.Transfers();
        switch (random.Next(8))
        {
            case 0 or 1 when negotiations.Length > 0:
                Approve(node, negotiations[random.Next(negotiations.Length)].Id);
                break;
            case 2 when negotiations.Length > 0:
                Order(node, life => life.Negotiations.CounterAsync(negotiations[random.Next(negotiations.Length)].Id, node.Self.Id.Contains("consumer", StringComparison.Ordinal) ? World.Wanted : null, default));
                break;
            case 3 when negotiations.Length > 0 && world.Chance(500):
                Order(node, life => life.Negotiations.TerminateAsync(negotiations[random.Next(negotiations.Length)].Id, "changed-my-mind", ["no"], default));
                break;
            case 4 when agreements.Length > 0 && world.Chance(400):
                Order(node, life => life.Agreements.EndAsync(agreements[random.Next(agreements.Length)].Id, "revoked", "no longer", default));
                break;
            case 5 when transfers.Length > 0:
                var step = (TransferMessageKind)random.Next(1, 5);
                Order(node, life => life.Transfers.StepAsync(transfers[random.Next(transfers.Length)].Id, step, "why", ["because"], default));
                break;
            case 6 when agreements.Length > 0:
                Fulfil(node, agreements[random.Next(agreements.Length)].Id);
                break;
            default:
                StartTransfers(node);
                break;
        }
    }

    /// <summary>In calm weather: approve what waits for an answer, fetch what was agreed, end what lies about.</summary>
    public static void BringToAnEnd(World world)
    {
        foreach (var node in (Node[])[world.Provider, world.Consumer])
        {
            foreach (var open in node.Negotiations().Where(n => !n.IsTerminal && ReactionRules.Approve(n.Role, n.State) != Reaction.Wait))
            {
                Approve(node, open.Id);
            }

            foreach (var transfer in node.Transfers().Where(t => !t.IsTerminal))
            {
                var step = transfer switch
                {
                    { State: TransferState.Suspended, Role: Role.Provider } => TransferMessageKind.Start,
                    { State: TransferState.Requested, Role: Role.Provider } => TransferMessageKind.Start,
                    _ => (TransferMessageKind?)null,
                };
                if (step is { } next)
                {
                    Order(node, life => life.Transfers.StepAsync(transfer.Id, next, null, [], default));
                }
            }
        }

        foreach (var agreement in world.Provider.Agreements().Where(a => a.End is null))
        {
            Fulfil(world.Provider, agreement.Id);
        }

        StartTransfers(world.Consumer);
    }

    private static void Fulfil(Node node, string agreement) => Order(node, life => life.Duties.FulfilAsync(agreement, "obtainConsent", null, null, default));

    private static void Approve(Node node, string negotiation)
    {
        node.Approved.Add(negotiation);
        Order(node, life => life.Negotiations.ApproveAsync(negotiation, default));
    }

    private static void StartTransfers(Node node)
    {
        foreach (var agreement in node.Agreements().Where(a => a is { Role: Role.Consumer, End: null }))
        {
            // Where the provider has to record something first, it is asked again.
            if (!node.Transfers().Any(t => t.AgreementId == agreement.Id && t.Termination?.Code != "policy-not-known"))
            {
                Order(node, life => life.Transfers.StartAsync(new StartTransfer(agreement.Id, null, $"/in/{agreement.Id}", null, Acceptance.Auto), default));
            }
        }
    }
}
