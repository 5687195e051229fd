using Connector.Cli.Local.Init;
using Connector.Cli.Remote;
using Connector.Daemon.Configuration;
using Connector.Management.V1;

namespace Connector.Cli.Local.Demo;

/// <summary>A company of the story with its running connector; driven through the management API alone, as its operator would.</summary>
internal sealed class Company : IAsyncDisposable
{
    private readonly DaemonProcess _daemon;
    private readonly Connection _connection;

    private Company(Cast cast, string folder, DaemonProcess daemon, Connection connection) =>
        (Cast, Folder, _daemon, _connection) = (cast, folder, daemon, connection);

    public Cast Cast { get; }

    public string Folder { get; }

    public string Id => Cast.Id;

    public DocumentService.DocumentServiceClient Documents => new(_connection.Calls);

    public CatalogService.CatalogServiceClient Catalogs => new(_connection.Calls);

    public NegotiationService.NegotiationServiceClient Negotiations => new(_connection.Calls);

    public AgreementService.AgreementServiceClient Agreements => new(_connection.Calls);

    public TransferService.TransferServiceClient Transfers => new(_connection.Calls);

    public EvidenceService.EvidenceServiceClient Evidence => new(_connection.Calls);

    public TransferFollowing Following => new(_connection, TimeProvider.System);

    /// <summary>Makes the company's folder as <c>init</c> does.</summary>
    public static string Make(Cast cast, string folder, int port, int managementPort)
    {
        var made = new NewConnector(Path.Combine(folder, cast.Word), new ParticipantOptions(cast.Id, cast.Name, new BusinessIdentifiers(cast.CorporateNumber, null, null)), "localhost", port, managementPort);
        ConnectorFolder.Make(made, TimeProvider.System);
        return made.Folder;
    }

    /// <summary>Starts the company's connector as a process of its own and waits until it accepts calls.</summary>
    public static async Task<Company> StartAsync(Cast cast, string folder, CancellationToken cancel)
    {
        var configuration = Path.Combine(folder, ConnectorFolder.Configuration);
        var daemon = await DaemonProcess.StartAsync(configuration, cancel);
        return new Company(cast, folder, daemon, new Connection(OwnManagement.Find(configuration)));
    }

    /// <summary>Applies documents; what is wrong with them ends the demo.</summary>
    public async Task ApplyAsync(IEnumerable<DocumentFile> files, CancellationToken cancel)
    {
        var request = new ApplyRequest();
        request.Files.Add(files);
        var reply = await Documents.ApplyAsync(request, cancellationToken: cancel);
        if (reply.Faults.Count > 0)
        {
            var fault = reply.Faults[0];
            throw new Failure($"{Cast.Word} could not apply {fault.File}:{fault.Line}: {fault.Path}: {fault.Message}", fault.Mend);
        }
    }

    /// <summary>Gets to know another company by its Peer document, vouching for its membership if it is a member.</summary>
    public Task MeetAsync(Company other, CancellationToken cancel)
    {
        var path = Path.Combine(other.Folder, ConnectorFolder.Peer);
        var text = File.ReadAllText(path);
        if (other.Cast.IsMember)
        {
            text = text.Replace("# claims:", "claims:", StringComparison.Ordinal);
        }

        return ApplyAsync([new DocumentFile { Path = path, Folder = other.Folder, Text = text }], cancel);
    }

    /// <summary>The most memory its connector ever had resident, MiB; null where the system does not tell.</summary>
    public double? PeakMemoryMiB() => _daemon.PeakMemoryMiB();

    public async ValueTask DisposeAsync()
    {
        _connection.Dispose();
        await _daemon.DisposeAsync();
    }
}
