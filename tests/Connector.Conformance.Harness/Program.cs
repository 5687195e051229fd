using System.CommandLine;

namespace Connector.Conformance.Harness;

/// <summary>Makes a connector ready for the public conformance suite of the Dataspace Protocol.</summary>
public static class Program
{
    public static Task<int> Main(string[] arguments)
    {
        var usual = new HarnessOptions();
        var dspPort = new Option<int?>("--dsp-port") { Description = $"Port of the Dataspace Protocol on 127.0.0.1 [else that of the properties, else {usual.DspPort}]", HelpName = "PORT" };
        var webhookPort = new Option<int?>("--webhook-port") { Description = $"Port of the initiate webhooks on 127.0.0.1 [else that of the properties, else {usual.WebhookPort}]", HelpName = "PORT" };
        var participant = new Option<string?>("--participant") { Description = $"Participant id of the connector under test, a did:web or a URN [else that of the properties, else {usual.Participant}]", HelpName = "ID" };
        var suite = new Option<string>("--suite") { Description = "Participant id of the suite", HelpName = "ID", DefaultValueFactory = _ => usual.Suite };
        var token = new Option<string?>("--token") { Description = "What the suite sends as Authorization [else that of the properties, else none is asked for]", HelpName = "TEXT" };
        var properties = new Option<FileInfo?>("--properties") { Description = "The suite's properties file, for the addresses and ids in it", HelpName = "FILE" };
        var command = new RootCommand("Runs a connector under the scripts of the public conformance suite; prints 'ready' once the suite may begin, and stops with the connector on Ctrl-C or SIGTERM.")
        {
            dspPort, webhookPort, participant, suite, token, properties,
        };
        command.SetAction((parsed, cancel) =>
        {
            HarnessOptions Asked(HarnessOptions options) => options with
            {
                DspPort = parsed.GetValue(dspPort) ?? options.DspPort,
                WebhookPort = parsed.GetValue(webhookPort) ?? options.WebhookPort,
                Participant = parsed.GetValue(participant) ?? options.Participant,
                Suite = parsed.GetValue(suite)!,
                Token = parsed.GetValue(token) ?? options.Token,
            };
            return RunAsync(() => Asked(parsed.GetValue(properties) is { } file ? SuiteProperties.Read(file.FullName, usual) : usual), cancel);
        });
        return command.Parse(arguments).InvokeAsync();
    }

    private static async Task<int> RunAsync(Func<HarnessOptions> options, CancellationToken cancel)
    {
        try
        {
            await using var running = await SystemUnderTest.StartAsync(options());
            Console.WriteLine("ready");
            await Task.Delay(Timeout.Infinite, cancel).ContinueWith(_ => { }, TaskScheduler.Default);
            return 0;
        }
        catch (Exception e) when (e is IOException or InvalidOperationException or FormatException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync($"error: {e.Message.Trim()}");
            return 1;
        }
    }
}
