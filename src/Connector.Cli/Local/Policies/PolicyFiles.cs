using Connector.Policies;
using Connector.Policies.Lint;
using Connector.Policies.Yaml;

namespace Connector.Cli.Local.Policies;

/// <summary>The policies in files or folders, and all that is wrong with them.</summary>
internal sealed record PolicyFiles(IReadOnlyList<PolicySource> Sources, IReadOnlyList<OfferSource> Offers, IReadOnlyList<Fault> Faults)
{
    public IReadOnlyList<PolicyDocument> Policies { get; } = [.. Sources.Select(s => s.Document)];

    /// <summary>Reads files, and of folders all <c>*.yaml</c> and <c>*.yml</c> beneath; tests of policies and documents of other kinds are passed over.</summary>
    /// <exception cref="Failure">A path does not exist.</exception>
    public static PolicyFiles Read(IEnumerable<string> paths)
    {
        var (policies, offers, faults) = (new List<PolicySource>(), new List<OfferSource>(), new List<Fault>());
        foreach (var file in paths.SelectMany(Expand))
        {
            foreach (var document in YamlTree.Read(File.ReadAllText(file), file, faults))
            {
                if (document.Root is not YamlMapping mapping)
                {
                    continue;
                }

                var before = faults.Count;
                var fields = new Fields(mapping, "", file, faults);
                fields.Required("apiVersion", "write apiVersion: connector/v1");
                var kind = fields.OneOf("kind", "Policy", "Dataset", "Offer", "Peer");
                if (kind == "Offer")
                {
                    offers.Add(new OfferSource(fields.Text("name") ?? "", fields.Texts("datasets"), fields.Text("visibleTo"), fields.Text("terms") ?? ""));
                }

                if (kind != "Policy")
                {
                    continue;
                }

                var policy = PolicyYaml.Read(fields);
                fields.Close();
                if (faults.Count == before)
                {
                    policies.Add(new PolicySource(policy, mapping, file));
                }
            }
        }

        return new PolicyFiles(policies, offers, faults);
    }

    /// <exception cref="Failure">Something is wrong with the files.</exception>
    public PolicyFiles Sound() => Faults.Count == 0 ? this : throw new Failure(string.Join('\n', Faults), "mend the faults first");

    public static IEnumerable<string> Expand(string path)
    {
        if (Directory.Exists(path))
        {
            return Directory.EnumerateFiles(path, "*.y*ml", SearchOption.AllDirectories).Where(f => !IsTest(f)).Order(StringComparer.Ordinal);
        }

        return File.Exists(path) ? [path] : throw new Failure($"{path} does not exist", "name a file or a folder");
    }

    public static bool IsTest(string path) => path.EndsWith(".policytest.yaml", StringComparison.Ordinal);
}
