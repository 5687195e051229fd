using System.CommandLine;
using Connector.ControlPlane.Publications;
using Connector.Policies.Schemas;

namespace Connector.Cli.Local.Policies;

/// <summary><c>connector policy schema</c>: the JSON Schema by which editors complete and explain what operators write.</summary>
internal static class SchemaVerb
{
    public static Verb Build()
    {
        var schema = new Verb(
            "schema",
            "Print the JSON Schema of the documents that operators write, for completion and hover in editors of YAML",
            "connector policy schema > connector.schema.json",
            "connector policy schema --vocabulary vocabulary.yaml > connector.schema.json",
            "connector policy schema --tests > policytest.schema.json");
        var tests = schema.With(new Option<bool>("--tests") { Description = "That of *.policytest.yaml files" });
        schema.Add(PolicyFiles.VocabularyOption);
        schema.SetAction(parsed =>
        {
            var written = parsed.GetValue(tests) ? PolicyTestSchema.Create() : DocumentSchema.Of(PolicyFiles.Read(parsed).Sound().Vocabulary);
            parsed.InvocationConfiguration.Output.Write(Schema.Write(written));
            return ExitCode.Done;
        });
        return schema;
    }
}
