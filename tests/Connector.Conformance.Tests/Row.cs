using System.Text.Json.Nodes;

namespace Connector.Conformance.Tests;

/// <summary>
/// Plays one row of the table. Words: <c>&gt;m</c> we send and it is taken, <c>&gt;m!</c> we send and it is refused (4xx, not 404),
/// <c>&lt;m</c> the connector sends, <c>=STATE</c> what it answers to a GET, <c>~</c> it stays silent, <c>^status</c> how one of its next messages is
/// answered, in the order of these words.
/// </summary>
internal sealed class Row(Suite suite, string key, string subProtocol, bool weAreProvider, Dialect dialect)
{
    private const string Context = "https://w3id.org/dspace/2025/1/context.jsonld";
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan s_silence = TimeSpan.FromMilliseconds(500);

    private string _ours = Guid.NewGuid().ToString();
    private string _theirs = "";
    private string _address = suite.At(dialect);
    private string _offer = $"CD123:{key}:456";

    public Row(Suite suite, string key, string subProtocol, bool weAreProvider)
        : this(suite, key, subProtocol, weAreProvider, Dialect.Newer)
    {
    }

    /// <summary>The id of the agreement that we draw up as a provider.</summary>
    public string AgreementId { get; } = Guid.NewGuid().ToString();

    private string ProviderPid => weAreProvider ? _ours : _theirs;

    private string ConsumerPid => weAreProvider ? _theirs : _ours;

    public async Task PlayAsync(string script)
    {
        while (suite.Arrivals.TryRead(out _))
        {
            // Left over from the row before.
        }

        foreach (var word in script.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            await (word[0] switch
            {
                '>' => SendAsync(word[1..].TrimEnd('!'), word.EndsWith('!')),
                '<' => ExpectAsync(word[1..]),
                '=' => StateAsync(word[1..]),
                '*' => InitiateAsync(),
                '^' => Answered(word[1..]),
                _ => SilenceAsync(),
            });
        }
    }

    private async Task InitiateAsync()
    {
        var body = subProtocol == "negotiations"
            ? new JsonObject { ["providerId"] = "TCK_PARTICIPANT", ["offerId"] = _offer = "offer" + key, ["datasetId"] = key, ["connectorAddress"] = suite.Callback }
            : new JsonObject { ["providerId"] = "TCK_PARTICIPANT", ["agreementId"] = key, ["format"] = "HttpData-PULL", ["connectorAddress"] = suite.Callback };
        body["version"] = dialect.Version;
        Assert.Equal(200, (await suite.PostAsync($"http://127.0.0.1:{suite.WebhookPort}/{subProtocol}/requests", body)).Status);
    }

    private Task Answered(string status)
    {
        suite.Refusals.Enqueue((int.Parse(status, System.Globalization.CultureInfo.InvariantCulture), ""));
        return Task.CompletedTask;
    }

    private async Task SendAsync(string name, bool refused)
    {
        var (path, body) = Message(name);
        var (status, answer) = await suite.PostAsync(_address + path, dialect.Write(body));
        if (refused)
        {
            Assert.True(status is >= 400 and < 500 and not 404, $"{name} was answered {status}");
            dialect.Holds(answer!.AsObject());
            return;
        }

        Assert.True(status is >= 200 and < 300, $"{name} was answered {status}: {answer}");
        dialect.Holds(answer!.AsObject());
        if (name == "request")
        {
            _theirs = (string)dialect.Read(answer.AsObject())["providerPid"]!;
        }
    }

    private async Task ExpectAsync(string name)
    {
        using var deadline = new CancellationTokenSource(s_patience);
        var arrived = await suite.Arrivals.ReadAsync(deadline.Token);
        dialect.Holds(arrived.Body);
        var body = dialect.Read(arrived.Body);
        Assert.Equal(name, Name(body));
        if (name == "request")
        {
            _theirs = (string)body["consumerPid"]!;
            _ours = "p-" + _theirs;
            _address = ((string)body["callbackAddress"]!).TrimEnd('/');
            Assert.Equal($"/{subProtocol}/request", arrived.Path);
            if (subProtocol == "negotiations")
            {
                Assert.Equal((_offer, key), ((string)body["offer"]!["@id"]!, (string)body["offer"]!["target"]!));
            }

            return;
        }

        Assert.StartsWith($"/{subProtocol}/{_ours}/", arrived.Path, StringComparison.Ordinal);
        Assert.Equal((ProviderPid, ConsumerPid), ((string)body["providerPid"]!, (string)body["consumerPid"]!));
    }

    private async Task StateAsync(string state)
    {
        using var deadline = new CancellationTokenSource(s_patience);
        string? found = null;
        while (found != state && !deadline.IsCancellationRequested)
        {
            var (status, answer) = await suite.GetAsync($"{_address}/{subProtocol}/{_theirs}");
            Assert.Equal(200, status);
            dialect.Holds(answer!.AsObject());
            found = (string)dialect.Read(answer.AsObject())["state"]!;
        }

        Assert.Equal(state, found);
    }

    private async Task SilenceAsync()
    {
        using var silence = new CancellationTokenSource(s_silence);
        try
        {
            Assert.Fail($"it sent {(await suite.Arrivals.ReadAsync(silence.Token)).Body}");
        }
        catch (OperationCanceledException)
        {
            // As it should be.
        }
    }

    private static string Name(JsonObject body) => (string)body["@type"]! switch
    {
        "ContractRequestMessage" => body["providerPid"] is null ? "request" : "counter",
        "ContractOfferMessage" => "offer",
        "ContractAgreementMessage" => "agreement",
        "ContractAgreementVerificationMessage" => "verification",
        "ContractNegotiationEventMessage" => ((string)body["eventType"]!).ToLowerInvariant(),
        "ContractNegotiationTerminationMessage" or "TransferTerminationMessage" => "termination",
        "TransferRequestMessage" => "request",
        "TransferStartMessage" => "start",
        "TransferSuspensionMessage" => "suspension",
        "TransferCompletionMessage" => "completion",
        var other => other,
    };

    private (string Path, JsonObject Body) Message(string name)
    {
        var process = $"/{subProtocol}/{_theirs}/";
        return (subProtocol, name) switch
        {
            ("negotiations", "request") => ("/negotiations/request", Body("ContractRequestMessage", ("consumerPid", _ours), ("callbackAddress", suite.Callback), ("offer", Offer()))),
            ("negotiations", "counter") => (process + "request", Pids("ContractRequestMessage", ("offer", Offer()))),
            ("negotiations", "offer") => (process + "offers", Pids("ContractOfferMessage", ("offer", Offer()))),
            ("negotiations", "agreement") => (process + "agreement", Pids("ContractAgreementMessage", ("agreement", Agreement()))),
            ("negotiations", "verification") => (process + "agreement/verification", Pids("ContractAgreementVerificationMessage")),
            ("negotiations", "accepted" or "finalized") => (process + "events", Pids("ContractNegotiationEventMessage", ("eventType", name.ToUpperInvariant()))),
            ("negotiations", _) => (process + "termination", Pids("ContractNegotiationTerminationMessage", ("code", "1"), ("reason", new JsonArray(new JsonObject { ["message"] = "enough" })))),
            (_, "request") => ("/transfers/request", Body("TransferRequestMessage", ("consumerPid", _ours), ("callbackAddress", suite.Callback), ("agreementId", key), ("format", "HttpData-PULL"))),
            (_, "start") => (process + "start", Pids("TransferStartMessage", ("dataAddress", DataAddress()))),
            (_, "completion") => (process + "completion", Pids("TransferCompletionMessage")),
            (_, "suspension") => (process + "suspension", Pids("TransferSuspensionMessage", ("code", "1"))),
            _ => (process + "termination", Pids("TransferTerminationMessage", ("code", "1"))),
        };
    }

    private JsonObject Pids(string type, params (string Name, JsonNode Value)[] members) => Body(type, [("providerPid", ProviderPid), ("consumerPid", ConsumerPid), .. members]);

    private static JsonObject Body(string type, params (string Name, JsonNode Value)[] members)
    {
        var body = new JsonObject { ["@id"] = Guid.NewGuid().ToString(), ["@type"] = type, ["@context"] = new JsonArray(Context) };
        foreach (var (name, value) in members)
        {
            body[name] = value;
        }

        return body;
    }

    private JsonObject Offer() => new() { ["@type"] = "Offer", ["@id"] = _offer, ["target"] = key, ["permission"] = FreeUse(), ["assigner"] = "TCK_PARTICIPANT", ["assignee"] = "urn:connector:sut" };

    private JsonObject Agreement() => new()
    {
        ["@type"] = "Agreement",
        ["@id"] = AgreementId,
        ["target"] = key,
        ["permission"] = FreeUse(),
        ["timestamp"] = "2026-11-24T01:00:00.123456Z",
        ["assigner"] = "TCK_PARTICIPANT",
        ["assignee"] = "urn:connector:sut",
    };

    private static JsonArray FreeUse() => new(new JsonObject { ["action"] = "use", ["constraint"] = new JsonArray() });

    private static JsonObject DataAddress() => new() { ["@type"] = "DataAddress", ["endpoint"] = "http://example.com", ["endpointType"] = "https://w3id.org/idsa/v4.1/HTTP" };
}
