using Connector.ControlPlane.Events;
using Connector.Grpc.Calls;
using Grpc.Core;

namespace Connector.Grpc.Management;

/// <summary>One process shown as it is now and after each change, until it has ended, its watcher leaves, or this connector stops.</summary>
public sealed class Following(Happenings happenings, Ending ending)
{
    /// <param name="find">The process as the store has it.</param>
    /// <param name="write">Its wire form, with what happened; null at first.</param>
    public async Task FollowAsync<T, TWire>(
        string id, Func<string, CancellationToken, ValueTask<T>> find, Func<T, Happening?, TWire> write, Func<T, bool> ended, IServerStreamWriter<TWire> to, ServerCallContext context)
    {
        using var until = ending.Of(context);
        using var watch = happenings.Open(h => h.Subject == id);
        var current = await find(id, until.Token);
        await to.WriteAsync(write(current, null), until.Token);
        if (ended(current))
        {
            return;
        }

        await foreach (var happening in watch.ReadAllAsync(until.Token))
        {
            current = await find(id, until.Token);
            await to.WriteAsync(write(current, happening), until.Token);
            if (ended(current))
            {
                return;
            }
        }
    }
}
