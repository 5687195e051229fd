using System.CommandLine;
using Connector.Cli.Output;
using Connector.Cli.Remote;
using Grpc.Core;

namespace Connector.Cli.Local.Demo;

/// <summary><c>connector demo</c>: two companies, one contract, one carbon footprint.</summary>
internal static class DemoVerb
{
    private const long MaxSize = 1L << 40;

    public static Command Build()
    {
        var verb = new Verb(
            "demo",
            "Let two companies exchange a carbon footprint under a contract, on this machine, and tell it as it happens",
            "connector demo",
            "connector demo -o json",
            "connector demo --size 2147483648 --keep");
        var keep = verb.With(new Option<bool>("--keep") { Description = "Leave the companies' folders behind, to look into" });
        var size = verb.With(new Option<long?>("--size") { Description = "Exchange a dataset of so many bytes, made on the fly, instead", HelpName = "BYTES" });
        size.Validators.Add(result =>
        {
            if (long.TryParse(result.Tokens.Count > 0 ? result.Tokens[^1].Value : "1", out var bytes) && bytes is < 1 or > MaxSize)
            {
                result.AddError($"--size {bytes} is out of bounds; give 1 to {MaxSize} bytes");
            }
        });
        var binding = verb.With(Binding());
        verb.Add(VerbOptions.Output);
        verb.SetAction(async (parsed, cancel) =>
        {
            var request = new DemoRequest(parsed.GetValue(keep), parsed.GetValue(size), parsed.GetRequiredValue(binding));
            return await RunAsync(request, new Screen(parsed), cancel);
        });
        return verb;
    }

    private static async Task<int> RunAsync(DemoRequest request, Screen screen, CancellationToken cancel)
    {
        var folder = Directory.CreateTempSubdirectory("connector-demo-").FullName;
        try
        {
            var result = await new Story(request, new Narrator(screen), folder).TellAsync(cancel);
            var fault = result.Fault();
            screen.Show(result.ToJson(), console => console.Profile.Out.Writer.WriteLine(fault is null ? Farewell(request, folder) : ""));
            return fault is null ? ExitCode.Done : throw new Failure($"the demo did not go as told: {fault}");
        }
        catch (RpcException e) when (!cancel.IsCancellationRequested)
        {
            throw RemoteFailure.Of(e, "a connector of the demo");
        }
        finally
        {
            if (!request.Keep)
            {
                Directory.Delete(folder, recursive: true);
            }
        }
    }

    private static string Farewell(DemoRequest request, string folder) => request.Keep
        ? $"\nAll as told. Look into it: {folder}"
        : "\nAll as told. With --keep the companies' folders stay, to look into; with -o json a program can read this.";

    private static Option<string> Binding()
    {
        var option = new Option<string>("--binding") { Description = "How the connectors talk", HelpName = "grpc|dsp", DefaultValueFactory = _ => "grpc" };
        option.AcceptOnlyFromAmong("grpc", "dsp");
        return option;
    }
}
