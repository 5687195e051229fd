using System.Globalization;
using Connector.Policies.Diff;

namespace Connector.Cli.Local.Policies;

/// <summary>A request as the options of <c>connector policy explain</c>, to be pasted there.</summary>
internal static class RequestText
{
    public static string Of(Request request)
    {
        var words = new List<string> { $"--for {request.At.ToString().ToLowerInvariant()}", $"--as {request.ParticipantId}" };
        words.AddRange(request.Claims.SelectMany(c => c.Value.Select(v => $"--claim '{c.Key}={v}'")));
        words.AddRange(request.Purposes.Select(p => $"--purpose '{p}'"));
        if (request.Action != "use")
        {
            words.Add($"--action {request.Action}");
        }

        words.Add($"--at {Text(request.Now)}");
        if (request.SignedAt is { } signed)
        {
            words.Add($"--signed {Text(signed)}");
        }

        if (request.LastUsedAt is { } used)
        {
            words.Add($"--last-used {Text(used)}");
        }

        words.AddRange(request.Observed.SelectMany(o => o.Value.Select(v => $"--observed '{o.Key}={v}'")));
        words.AddRange(request.Fulfilled.Select(f => f.At is { } at ? $"--fulfilled '{f.Duty}={Text(at)}'" : $"--fulfilled '{f.Duty}'"));
        return string.Join(' ', words);
    }

    private static string Text(DateTimeOffset at) => at.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz", CultureInfo.InvariantCulture);
}
