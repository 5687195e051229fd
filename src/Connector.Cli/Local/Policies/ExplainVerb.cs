using System.CommandLine;
using System.Text.Json.Nodes;
using Connector.Cli.Output;
using Connector.Cli.Remote;
using Connector.Management.V1;
using Connector.Policies;
using Google.Protobuf.WellKnownTypes;
using Spectre.Console;

namespace Connector.Cli.Local.Policies;

/// <summary><c>connector policy explain</c>: a policy file's verdict needs no running connector; what was decided, and what of an offer would be, is asked of it.</summary>
internal static class ExplainVerb
{
    public static Verb Build(RemoteVerb remote)
    {
        var explain = new Verb(
            "explain",
            "Say why something was decided, or would be: every condition with what was expected, what was found, and where that came from",
            "connector policy explain urn:uuid:…",
            "connector policy explain --offer nmc811-footprint-direct --as battery --for catalog --tree",
            "connector policy explain offers/policies.yaml --policy cfp-direct-customers --as did:web:battery.example --claim membership=active --purpose pcf-calculation --for negotiation");
        var path = explain.With(new Argument<string?>("PATH|ID") { Description = "File or folder with policies; or what the running connector decided: a negotiation, a transfer, one of 'get refusals', or an agreement", Arity = ArgumentArity.ZeroOrOne });
        var name = explain.With(new Option<string>("--policy") { Description = "Which policy; not needed when there is one" });
        var participant = explain.With(new Option<string?>("--as") { Description = "Who asks: a participant id; of an offer, a peer's name will do" });
        var offer = explain.With(new Option<string?>("--offer") { Description = "One of the running connector's offers, instead of a policy file", HelpName = "OFFER" });
        var dataset = explain.With(new Option<string?>("--dataset") { Description = "Its dataset's id, where it is on several", HelpName = "ID" });
        var tree = explain.With(new Option<bool>("--tree") { Description = "As a tree of rules and their conditions" });
        var claims = explain.With(new Option<string[]>("--claim") { Description = "A verified claim, name=value; may be given again", DefaultValueFactory = _ => [] });
        var file = explain.With(new Option<string>("--claims") { Description = "File of verified claims: a YAML mapping of names to a value or a list of values" });
        var purposes = explain.With(new Option<string[]>("--purpose") { Description = "A declared purpose; may be given again", DefaultValueFactory = _ => [] });
        var at = explain.With(new Option<string>("--at") { Description = "When, with offset; else now" });
        var signed = explain.With(new Option<string>("--signed") { Description = "When the agreement was signed" });
        var point = explain.With(new Option<string>("--for") { Description = "catalog, negotiation, transfer, during or use; else negotiation, and transfer for an id" });
        var action = explain.With(new Option<string>("--action") { Description = "What is to be done: an action of ODRL", DefaultValueFactory = _ => "use" });
        var used = explain.With(new Option<string>("--last-used") { Description = "When the data was last used" });
        var observed = explain.With(new Option<string[]>("--observed") { Description = "What is observed of the use, word=value; may be given again", DefaultValueFactory = _ => [] });
        var fulfilled = explain.With(new Option<string[]>("--fulfilled") { Description = "A duty that is done, by its action or its place; in time, or =INSTANT; may be given again", HelpName = "DUTY[=INSTANT]", DefaultValueFactory = _ => [] });
        explain.Add(PolicyFiles.VocabularyOption);
        explain.Add(VerbOptions.Config);
        explain.Add(VerbOptions.Output);
        explain.SetAction((parsed, cancel) =>
        {
            var stated = (List<string>)[.. parsed.GetValue(file) is { } from ? ClaimsFile.Read(from) : [], .. parsed.GetValue(claims)!];
            var named = parsed.GetValue(path);
            if (parsed.GetValue(offer) is not null || (named is not null && RemoteExplanation.IsId(named)))
            {
                return RemoteExplanation.AskAsync(named, () =>
                {
                    Refuse(parsed, "policies in files", [name, signed, action, used, observed]);
                    if (parsed.GetValue(offer) is null)
                    {
                        Refuse(parsed, "policies in files and for offers, and what was decided was decided by what was known", [participant, dataset, claims, file, purposes, at, fulfilled]);
                    }

                    var request = RemoteExplanation.Request(named, parsed.GetValue(offer), parsed.GetValue(dataset), parsed.GetValue(participant), parsed.GetValue(point), parsed.GetValue(at));
                    request.Purposes.Add(parsed.GetValue(purposes)!);
                    request.Claims.Add(WhatIf.Stated(stated).Select(c => new StatedClaim { Name = c.Key, Values = { c.Value.Values } }));
                    request.Fulfilled.Add(parsed.GetValue(fulfilled)!.Select(WhatIf.Fulfilled).Select(f => new StatedFulfilment { Duty = f.Duty, At = f.At?.ToTimestamp() }));
                    return remote.RunAsync(parsed, call => RemoteExplanation.ShowAsync(call, request, parsed.GetValue(tree)), cancel);
                });
            }

            var policy = Choose(PolicyFiles.Read(parsed, named ?? throw new Failure("nothing is named", "name a file, an id, or an offer with --offer")), parsed.GetValue(name));
            var facts = WhatIf.Of(parsed.GetValue(participant) ?? throw new Failure("nobody asks", "say who with --as"), stated, parsed.GetValue(purposes)!, parsed.GetValue(at), parsed.GetValue(signed), parsed.GetValue(action))
                with
            {
                LastUsedAt = parsed.GetValue(used) is { } last ? Instants.Read(last) : null,
                Observed = WhatIf.Stated(parsed.GetValue(observed)!),
                Fulfilled = [.. parsed.GetValue(fulfilled)!.Select(WhatIf.Fulfilled)],
            };
            var verdict = CompiledPolicy.Compile(policy.Policy, policy.Vocabulary).Evaluate(WhatIf.Point(parsed.GetValue(point) ?? "negotiation"), facts);
            var told = JsonNode.Parse(verdict.ToJson())!;
            new Screen(parsed).Show(told.DeepClone(), console =>
            {
                VerdictText.Write(console, policy.Name, told, parsed.GetValue(tree));
                if (verdict.ChangesAt is { } changes)
                {
                    console.WriteLine($"  can change by time alone at {Spans.Text(changes)}");
                }
            });
            return Task.FromResult(verdict.Permitted ? ExitCode.Done : ExitCode.Refused);
        });
        return explain;
    }

    // What would not be heeded is not taken in silence.
    private static void Refuse(ParseResult parsed, string meant, IEnumerable<System.CommandLine.Option> options)
    {
        if (options.FirstOrDefault(o => parsed.GetResult(o) is { Implicit: false }) is { } given)
        {
            throw new Failure($"{given.Name} is for {meant}", "leave it out", ExitCode.WrongUsage);
        }
    }

    private static PolicyDocument Choose(PolicyFiles files, string? name)
    {
        if (files.Faults.Count > 0)
        {
            throw new Failure(string.Join('\n', files.Faults), "mend the faults first");
        }

        var named = files.Policies.Where(p => name is null || p.Name == name).ToList();
        return named is [var one] ? one : throw new Failure($"there are {named.Count} policies {(name is null ? "here" : $"called '{name}'")}: {string.Join(", ", files.Policies.Select(p => p.Name))}", "name one with --policy");
    }
}
