using System.Collections;
using Connector.Daemon.Configuration;

namespace Connector.Cli.Tests.Configuration;

/// <summary>Reads configuration texts as if they stood in <c>/etc/connector/connector.yaml</c>.</summary>
internal static class Configurations
{
    public const string Folder = "/etc/connector";

    public static ConfigurationResult Parse(string text, params (string Name, string Value)[] environment)
    {
        var variables = new Hashtable();
        foreach (var (name, value) in environment)
        {
            variables[name] = value;
        }

        return ConfigurationReader.Parse(text, Folder + "/connector.yaml", variables);
    }

    public static ConnectorOptions Valid(string text, params (string Name, string Value)[] environment)
    {
        var result = Parse(text, environment);
        Assert.Empty(result.Faults);
        return result.Options!;
    }
}
