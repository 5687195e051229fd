using System.CommandLine;
using Google.Protobuf.Collections;

namespace Connector.Cli.Remote;

/// <summary>Arguments and options that several verbs take, and texts in the reader's language.</summary>
internal static class Words
{
    public static Argument<string> Peer() => new("peer") { Description = "The peer's local name or participant id" };

    public static Option<string?> Binding()
    {
        var option = new Option<string?>("--binding") { Description = "How to talk to the peer; the best that it speaks when not given. dsp is the newest version of the Dataspace Protocol that both speak", HelpName = "grpc|dsp|dsp-2024-1" };
        option.AcceptOnlyFromAmong("grpc", "dsp", "dsp-2024-1");
        return option;
    }

    public static Option<string?> Terms() => new("--terms") { Description = "A policy (YAML file or ODRL JSON) with the terms to ask for", HelpName = "FILE" };

    public static Option<bool> Wait() => new("--wait") { Description = "Wait until it is finalized, refused, or waits for your decision" };

    /// <summary>The text of a file of terms; empty when none was named.</summary>
    public static string TermsText(string? path)
    {
        if (path is null)
        {
            return "";
        }

        return File.Exists(path) ? File.ReadAllText(path) : throw new Failure($"the terms {path} are not there", "check the path of --terms");
    }

    /// <summary>A title in the language of the terminal (LC_ALL, LC_MESSAGES, LANG), else in English, else in any.</summary>
    public static string Title(MapField<string, string> title)
    {
        var locale = ((string[])["LC_ALL", "LC_MESSAGES", "LANG"]).Select(Environment.GetEnvironmentVariable).FirstOrDefault(v => v is { Length: >= 2 });
        return locale is not null && title.TryGetValue(locale[..2], out var own) ? own
            : title.TryGetValue("en", out var english) ? english
            : title.Values.FirstOrDefault() ?? "";
    }
}
