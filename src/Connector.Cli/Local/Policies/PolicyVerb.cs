using System.CommandLine;
using Connector.Cli.Remote;

namespace Connector.Cli.Local.Policies;

/// <summary><c>connector policy</c>: looks at policy files before they bite, and explains what was decided by them.</summary>
internal static class PolicyVerb
{
    public static Command Build(RemoteVerb remote) => new Verb("policy", "Check, test and explain policies", "connector policy lint policies/", "connector policy test policies/")
    {
        LintVerb.Build(),
        TestVerb.Build(),
        ExplainVerb.Build(remote),
        RenderVerb.Build(),
        DiffVerb.Build(),
        SchemaVerb.Build(),
    };
}
