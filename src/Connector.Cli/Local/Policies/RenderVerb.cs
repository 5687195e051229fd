using System.CommandLine;
using System.Text.Json.Nodes;
using Connector.Cli.Output;
using Connector.Policies.Render;

namespace Connector.Cli.Local.Policies;

/// <summary><c>connector policy render</c>: policies as text for people to read and sign.</summary>
internal static class RenderVerb
{
    public static Verb Build()
    {
        var render = new Verb("render", "Tell policies in plain English or Japanese, for somebody to sign", "connector policy render policies/ --lang en", "connector policy render offers/policies.yaml --lang ja");
        var path = render.With(new Argument<string>("PATH") { Description = "File or folder" });
        var language = render.With(new Option<string>("--lang") { Description = "en or ja", DefaultValueFactory = _ => "en" });
        language.AcceptOnlyFromAmong([.. PolicyRendering.Languages]);
        render.Add(PolicyFiles.VocabularyOption);
        render.Add(VerbOptions.Output);
        render.SetAction(parsed =>
        {
            var files = PolicyFiles.Read(parsed, parsed.GetRequiredValue(path)).Sound();
            var texts = files.Policies.Select(p => (p.Name, Text: PolicyRendering.Of(p, parsed.GetValue(language)!))).ToList();
            if (texts.Count == 0)
            {
                throw new Failure($"there is no policy in {parsed.GetValue(path)}", "name a file or folder with documents of kind: Policy");
            }

            var screen = new Screen(parsed);
            screen.Show(
                new JsonArray([.. texts.Select(t => (JsonNode)new JsonObject { ["policy"] = t.Name, ["text"] = t.Text })]),
                _ => parsed.InvocationConfiguration.Output.Write(string.Join($"\n{new string('-', 72)}\n\n", texts.Select(t => t.Text))));
            return ExitCode.Done;
        });
        return render;
    }
}
