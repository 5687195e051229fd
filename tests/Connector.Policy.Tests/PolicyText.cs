using Connector.Policies;
using Connector.Policies.Yaml;

namespace Connector.Policy.Tests;

/// <summary>Policy documents from their text.</summary>
internal static class PolicyText
{
    public static PolicyDocument? Read(string text, ICollection<Fault> faults, Vocabulary? vocabulary = null)
    {
        if (Open(text, faults) is not { } fields)
        {
            return null;
        }

        var document = PolicyYaml.Read(fields, vocabulary);
        fields.Close();
        return document;
    }

    /// <summary>The compiled policy of a body that is right.</summary>
    public static CompiledPolicy Compile(string body) => CompiledPolicy.Compile(Of(body));

    /// <summary>The rules of a body that is right.</summary>
    public static Policies.Policy Of(string body, Vocabulary? vocabulary = null)
    {
        var faults = new List<Fault>();
        var document = Read($"apiVersion: connector/v1\nkind: Policy\nname: p\n{body}\n", faults, vocabulary);
        Assert.Empty(faults);
        return document!.Policy;
    }

    /// <summary>The one document of a text, its head read.</summary>
    public static Fields? Open(string text, ICollection<Fault> faults)
    {
        if (YamlTree.Read(text, "policy.yaml", faults) is not [{ Root: YamlMapping mapping }])
        {
            return null;
        }

        var fields = new Fields(mapping, "", "policy.yaml", faults);
        fields.Text("apiVersion");
        fields.Text("kind");
        return fields;
    }
}
