using Connector.Policies;
using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text.Json.Nodes;
using Connector.Cli.Output;
using Connector.Daemon.Configuration;

namespace Connector.Cli.Local.Init;

/// <summary><c>connector init</c>: a folder with all that a new connector needs.</summary>
internal static class InitVerb
{
    public static Command Build()
    {
        var verb = new Verb(
            "init",
            "Make a folder with all that a new connector needs: keys, connector.yaml, data folder, operator token, and peer.yaml for partners",
            "connector init acme --id did:web:acme.example.jp --name \"Acme K.K.\" --corporate-number 8000012010038",
            "connector init /var/lib/connector --id did:web:acme.example.jp --host connector.acme.example.jp --port 443");
        var folder = verb.With(new Argument<string>("dir") { Description = "The folder to make; it must be empty if it exists" });
        var id = verb.With(Checked(new Option<string>("--id") { Description = "The company's participant id, did:web:<host>", HelpName = "DID", Required = true }, value => DidWeb.FaultOf(value) is { } wrong ? $"{wrong}; {DidWeb.Mend}" : null));
        var name = verb.With(Checked(new Option<string?>("--name") { Description = "The company's name for people", HelpName = "NAME" }, NameFault));
        var number = verb.With(Checked(new Option<string?>("--corporate-number") { Description = "Its corporate number (法人番号), 13 digits", HelpName = "NUMBER" }, BusinessIdentifierRules.FaultOfCorporateNumber));
        var bpn = verb.With(Checked(new Option<string?>("--bpn") { Description = "Its business partner number, BPNL…", HelpName = "BPN" }, BusinessIdentifierRules.FaultOfBpn));
        var lei = verb.With(Checked(new Option<string?>("--lei") { Description = "Its legal entity identifier, 20 characters", HelpName = "LEI" }, BusinessIdentifierRules.FaultOfLei));
        var host = verb.With(Checked(new Option<string>("--host") { Description = "Host name or address by which partners reach it", HelpName = "HOST", DefaultValueFactory = _ => "localhost" }, HostFault));
        var port = verb.With(Port("--port", "TCP port for partners", 7443));
        var managementPort = verb.With(Port("--management-port", "TCP port for the operator, on this machine alone", 7444));
        var ifMissing = verb.With(new Option<bool>("--if-missing") { Description = "Do nothing when there is a connector in the folder already" });
        verb.Add(VerbOptions.Output);
        verb.SetAction(parsed =>
        {
            var did = parsed.GetRequiredValue(id);
            var made = new NewConnector(
                Path.GetFullPath(parsed.GetRequiredValue(folder)),
                new ParticipantOptions(did, parsed.GetValue(name) ?? did, new BusinessIdentifiers(parsed.GetValue(number), parsed.GetValue(bpn), parsed.GetValue(lei))),
                parsed.GetRequiredValue(host),
                parsed.GetRequiredValue(port),
                parsed.GetRequiredValue(managementPort));
            if (parsed.GetValue(ifMissing) && ConnectorFolder.Exists(made.Folder))
            {
                return;
            }

            ConnectorFolder.Make(made, TimeProvider.System);
            Show(made, new Screen(parsed));
        });
        return verb;
    }

    private static void Show(NewConnector made, Screen screen)
    {
        var folder = Path.GetRelativePath(Directory.GetCurrentDirectory(), made.Folder);
        var answer = new JsonObject
        {
            ["folder"] = made.Folder,
            ["configuration"] = Path.Combine(made.Folder, ConnectorFolder.Configuration),
            ["peer"] = Path.Combine(made.Folder, ConnectorFolder.Peer),
            ["participantId"] = made.Participant.Id,
            ["address"] = made.Address,
        };
        screen.Show(answer, console => console.Profile.Out.Writer.WriteLine($"""
            Made {folder} for {made.Participant.Id}:
              connector.yaml   its configuration, with comments
              keys/            signing key and TLS certificate; back them up, never share them
              operator.token   whoever can read it is the operator
              data/            what it will remember
              peer.yaml        hand it to your partners; they apply it to know you

            Next:
              connector run --config {Path.Combine(folder, ConnectorFolder.Configuration)}
              export {VerbOptions.ConfigVariable}={Path.Combine(made.Folder, ConnectorFolder.Configuration)}
              connector apply -f partner/peer.yaml      to know a partner
              connector catalog PARTNER                 to see what it offers you
            """));
    }

    private static Option<int> Port(string name, string description, int usual)
    {
        var option = new Option<int>(name) { Description = description, HelpName = "PORT", DefaultValueFactory = _ => usual };
        option.Validators.Add(result =>
        {
            if (int.TryParse(result.Tokens.Count > 0 ? result.Tokens[^1].Value : "1", out var port) && port is < 1 or > 65_535)
            {
                result.AddError($"{name} {port} is not a TCP port; give 1 to 65535");
            }
        });
        return option;
    }

    private static Option<T> Checked<T>(Option<T> option, Func<string, string?> faultOf)
    {
        option.Validators.Add((OptionResult result) =>
        {
            if (result.Tokens.Count > 0 && faultOf(result.Tokens[^1].Value) is { } wrong)
            {
                result.AddError($"{option.Name}: {wrong}");
            }
        });
        return option;
    }

    private static string? NameFault(string name) =>
        name.Length is 0 or > 200 || name.Any(char.IsControl) ? "give a name of 1 to 200 characters without line breaks" : null;

    private static string? HostFault(string host) =>
        Uri.CheckHostName(host) == UriHostNameType.Unknown ? $"'{host}' is not a host name or an IP address"
        : host.StartsWith('[') ? $"give the address {host} without brackets"
        : null;
}
