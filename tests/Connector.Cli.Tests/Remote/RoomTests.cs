using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace Connector.Cli.Tests.Remote;

/// <summary>The verbs that talk to a connector know its published API and nothing else of this house, as any other client would.</summary>
public sealed partial class RoomTests
{
    private static readonly string[] s_allowed = ["System", "Google", "Grpc", "Spectre.Console", "Connector.Management.V1", "Connector.Cli.Output"];

    [Fact]
    public void The_remote_verbs_name_no_other_room()
    {
        var strangers = Directory.EnumerateFiles(Folder(), "*.cs", SearchOption.AllDirectories)
            .SelectMany(file => Names().Matches(File.ReadAllText(file)).Select(match => (File: Path.GetFileName(file), Name: match.Groups[1].Value)))
            .Where(use => !s_allowed.Any(allowed => use.Name == allowed || use.Name.StartsWith(allowed + ".", StringComparison.Ordinal)))
            .Select(use => $"{use.File}: {use.Name}");

        Assert.Empty(strangers);
    }

    private static string Folder([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "../../../src/Connector.Cli/Remote"));

    [GeneratedRegex(@"^using (?:static |\w+ = )?([\w.]+);", RegexOptions.Multiline)]
    private static partial Regex Names();
}
