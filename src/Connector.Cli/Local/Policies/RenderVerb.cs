using System.CommandLine;
using System.Text.Json.Nodes;
using Connector.Cli.Output;
using Connector.Policies;
using Connector.Policies.Render;
using Connector.Policies.Yaml;

namespace Connector.Cli.Local.Policies;

/// <summary><c>connector policy render</c>: policies as text for people to read and sign, as policy files, or as ODRL.</summary>
internal static class RenderVerb
{
    public static Verb Build()
    {
        var render = new Verb(
            "render",
            "Tell policies in plain English or Japanese, for somebody to sign, or turn policy files into ODRL and back",
            "connector policy render policies/ --lang en",
            "connector policy render offers/policies.yaml --lang ja",
            "connector policy render offers/policies.yaml --as odrl",
            "connector policy render received-offer.json --as yaml");
        var path = render.With(new Argument<string>("PATH") { Description = "File or folder; a file *.json is read as ODRL" });
        var language = render.With(new Option<string>("--lang") { Description = "en or ja", DefaultValueFactory = _ => "en" });
        language.AcceptOnlyFromAmong([.. PolicyRendering.Languages]);
        var form = render.With(new Option<string>("--as") { Description = "text (to read and sign), yaml (a policy file) or odrl (JSON-LD, as it travels)", DefaultValueFactory = _ => "text" });
        form.AcceptOnlyFromAmong("text", "yaml", "odrl");
        render.Add(PolicyFiles.VocabularyOption);
        render.Add(VerbOptions.Output);
        render.SetAction(parsed =>
        {
            var policies = Read(parsed, parsed.GetRequiredValue(path));
            if (policies.Count == 0)
            {
                throw new Failure($"there is no policy in {parsed.GetValue(path)}", "name a file or folder with documents of kind: Policy");
            }

            var output = parsed.InvocationConfiguration.Output;
            switch (parsed.GetValue(form))
            {
                case "yaml":
                    output.Write(string.Join("---\n", policies.Select(PolicyYaml.Write)));
                    break;
                case "odrl":
                    var documents = policies.Select(PolicyJson.Write).ToList();
                    output.WriteLine(documents is [var one] ? one : $"[\n{string.Join(",\n", documents)}\n]");
                    break;
                default:
                    Tell(parsed, [.. policies.Select(p => (p.Name, PolicyRendering.Of(p, parsed.GetValue(language)!)))]);
                    break;
            }

            return ExitCode.Done;
        });
        return render;
    }

    private static void Tell(ParseResult parsed, List<(string Name, string Text)> texts) => new Screen(parsed).Show(
        new JsonArray([.. texts.Select(t => (JsonNode)new JsonObject { ["policy"] = t.Name, ["text"] = t.Text })]),
        _ => parsed.InvocationConfiguration.Output.Write(string.Join($"\n{new string('-', 72)}\n\n", texts.Select(t => t.Text))));

    private static IReadOnlyList<PolicyDocument> Read(ParseResult parsed, string path)
    {
        if (!path.EndsWith(".json", StringComparison.OrdinalIgnoreCase) || !File.Exists(path))
        {
            return PolicyFiles.Read(parsed, path).Sound().Policies;
        }

        var faults = new Faults();
        using var stream = File.OpenRead(path);
        if (YamlBytes.Read(stream, path, faults) is { } json)
        {
            var document = PolicyJson.Read(json, Path.GetFileNameWithoutExtension(path), PolicyFiles.Read(parsed).Sound().Vocabulary, out var wrong);
            if (wrong.IsEmpty)
            {
                return [document];
            }

            throw new Failure(string.Join('\n', wrong.Select(f => f with { File = path })), "mend the policy, or ask whoever sent it");
        }

        throw new Failure(string.Join('\n', faults), "mend the file first");
    }
}
