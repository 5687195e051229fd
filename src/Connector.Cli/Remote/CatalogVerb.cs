using System.CommandLine;
using Connector.Management.V1;
using Spectre.Console;

namespace Connector.Cli.Remote;

/// <summary><c>connector catalog</c>: what a peer offers to this connector.</summary>
internal static class CatalogVerb
{
    public static Command Build(RemoteVerb remote)
    {
        var verb = RemoteVerb.Named(
            "catalog",
            "Ask a peer what it offers you",
            "connector catalog acme",
            "connector catalog did:web:acme.example.jp -o json");
        var peer = verb.With(Words.Peer());
        var binding = verb.With(Words.Binding());
        remote.Does(verb, async call =>
        {
            var request = new RequestCatalogRequest { Peer = call.Parsed.GetRequiredValue(peer), Binding = call.Parsed.GetValue(binding) ?? "" };
            var catalog = await new CatalogService.CatalogServiceClient(call.Connection.Calls).RequestAsync(request, cancellationToken: call.Cancel);
            call.Screen.Show(MessageJson.Of(catalog), console => Write(console, catalog));
            return ExitCode.Done;
        });
        return verb;
    }

    private static void Write(IAnsiConsole console, PeerCatalog catalog)
    {
        var rows = catalog.Datasets.SelectMany(dataset => dataset.Offers.Select(offer => (Dataset: dataset, Offer: offer))).ToList();
        Rows.Write(
            console,
            rows,
            $"{catalog.ParticipantId} offers you nothing",
            ("OFFER", row => row.Offer.Id),
            ("DATASET", row => row.Dataset.Id),
            ("TITLE", row => Words.Title(row.Dataset.Title)),
            ("PROFILE", row => row.Dataset.Profile),
            ("SIZE", row => row.Dataset.HasSize ? Rows.Size(row.Dataset.Size) : ""));
    }
}
