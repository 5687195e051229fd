using Connector.ControlPlane.Stores;
using Connector.Testing.Stores;

namespace Connector.Storage.Committer;

/// <summary>Makes negotiations and takes each one step further; every step leaves one effect and one entry of evidence.</summary>
public sealed class Committing(IStore store, long first)
{
    /// <summary>Who signs the evidence.</summary>
    public const string Participant = "did:web:cells.example";

    private readonly Lock _output = new();
    private long _next = first;

    public async Task RunAsync()
    {
        while (true)
        {
            var negotiation = Records.Negotiation($"{Interlocked.Increment(ref _next)}");
            await SayAsync(negotiation.Id, 1, new Change { Negotiations = [negotiation], Effects = [Records.Effect($"{negotiation.Id}/1")], Evidence = [Records.Evidence(negotiation.Id)] });
            await SayAsync(negotiation.Id, 2, new Change { Negotiations = [negotiation.Next()], Effects = [Records.Effect($"{negotiation.Id}/2")], Evidence = [Records.Evidence(negotiation.Id)] });
        }
    }

    private async Task SayAsync(string id, int version, Change change)
    {
        string line;
        try
        {
            line = await store.CommitAsync(change, CancellationToken.None) ? $"{id} {version}" : $"conflict {id} {version}";
        }
        catch (StoreException e)
        {
            line = $"failed {e.Message}";
        }

        lock (_output)
        {
            Console.WriteLine(line);
        }
    }
}
