using System.CommandLine;
using System.CommandLine.Help;
using Connector.Cli.Local;
using Connector.Cli.Local.Demo;
using Connector.Cli.Local.Doctor;
using Connector.Cli.Local.Init;
using Connector.Cli.Local.Policies;
using Connector.Cli.Remote;

namespace Connector.Cli;

/// <summary>The whole command line.</summary>
internal static class Commands
{
    public static RootCommand Build()
    {
        var remote = new RemoteVerb(OwnManagement.Find);
        var root = new RootCommand("Exchange datasets with other companies under signed, enforced contracts.")
        {
            InitVerb.Build(),
            RunVerb.Build(),
            ConfigVerb.Build(),
            IntroduceVerb.Build(),
            ApplyVerb.Build(remote),
            GetVerb.Build(remote),
            DeleteVerb.Build(remote),
            CatalogVerb.Build(remote),
            NegotiateVerb.Build(remote),
            NegotiateVerb.BuildOffer(remote),
            DecisionVerbs.BuildApprove(remote),
            DecisionVerbs.BuildCounter(remote),
            DecisionVerbs.BuildRefuse(remote),
            FulfilVerb.Build(remote),
            EndVerb.Build(remote),
            PullVerb.Build(remote),
            TransfersVerb.Build(remote),
            AuditVerb.Build(remote, OfflineAudit.VerifyAsync),
            PolicyVerb.Build(remote),
            DoctorVerb.Build(),
            DemoVerb.Build(),
            CompletionVerb.Build(),
        };
        var help = root.Options.OfType<HelpOption>().Single();
        help.Action = new TeachingHelp((HelpAction)help.Action!);
        return root;
    }
}
