using System.CommandLine;

namespace Connector.Conformance.Harness;

/// <summary>Makes a connector ready for the public conformance suite of the Dataspace Protocol.</summary>
public static class Program
{
    /// <summary>The connector's program, built beside this one.</summary>
    public static Task<int> Main(string[] arguments)
    {
        var dspPort = new Option<int>("--dsp-port") { Description = "port of the Dataspace Protocol on 127.0.0.1", DefaultValueFactory = _ => 18282 };
        var webhookPort = new Option<int>("--webhook-port") { Description = "port of the initiate webhooks on 127.0.0.1", DefaultValueFactory = _ => 18687 };
        var participant = new Option<string>("--participant") { Description = "participant id of the connector under test", DefaultValueFactory = _ => "urn:connector:sut" };
        var suite = new Option<string>("--suite") { Description = "participant id of the suite", DefaultValueFactory = _ => "TCK_PARTICIPANT" };
        var token = new Option<string?>("--token") { Description = "the suite's static Authorization; none asks for none" };
        var properties = new Option<FileInfo?>("--properties") { Description = "the suite's properties file, for the ids in it" };
        var command = new RootCommand("Runs a connector under the scripts of the public conformance suite.") { dspPort, webhookPort, participant, suite, token, properties };
        command.SetAction(async (parsed, cancel) =>
        {
            var options = new HarnessOptions
            {
                DspPort = parsed.GetValue(dspPort),
                WebhookPort = parsed.GetValue(webhookPort),
                Participant = parsed.GetValue(participant)!,
                Suite = parsed.GetValue(suite)!,
                Token = parsed.GetValue(token),
            };
            await using var running = await SystemUnderTest.StartAsync(parsed.GetValue(properties) is { } file ? SuiteProperties.Read(file.FullName, options) : options);
            Console.WriteLine("ready");
            await Task.Delay(Timeout.Infinite, cancel).ContinueWith(_ => { }, TaskScheduler.Default);
            return 0;
        });
        return command.Parse(arguments).InvokeAsync();
    }
}
