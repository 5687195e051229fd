using System.Runtime.CompilerServices;
using System.Xml.Linq;

namespace Connector.Architecture.Tests;

/// <summary>The floor plan of src/README.md, read off the project files.</summary>
public sealed class ArrowTests
{
    private static readonly string s_root = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(Here())!, "..", ".."));

    [Theory]
    [InlineData("Connector.Policy")]
    [InlineData("Connector.ControlPlane", "Connector.Policy")]
    [InlineData("Connector.Grpc", "Connector.ControlPlane")]
    [InlineData("Connector.Dsp", "Connector.ControlPlane")]
    [InlineData("Connector.Trust", "Connector.ControlPlane")]
    [InlineData("Connector.Storage", "Connector.ControlPlane")]
    [InlineData("Connector.DataPlane", "Connector.ControlPlane")]
    [InlineData("Connector.Daemon", "Connector.DataPlane", "Connector.Dsp", "Connector.Grpc", "Connector.Storage", "Connector.Trust")]
    [InlineData("Connector.Cli", "Connector.Daemon")]
    public void Arrows_point_down_only_and_rooms_of_one_floor_never_meet(string project, params string[] below) =>
        Assert.Equal(below.Order(StringComparer.Ordinal), Includes(project, "ProjectReference").Select(i => Path.GetFileNameWithoutExtension(i.Replace('\\', '/'))).Order(StringComparer.Ordinal));

    [Fact]
    public void Every_project_of_the_house_stands_in_the_floor_plan() =>
        Assert.Equal(9, Directory.EnumerateFiles(Path.Combine(s_root, "src"), "*.csproj", SearchOption.AllDirectories).Count());

    [Fact]
    public void The_ground_floor_needs_a_YAML_reader_and_nothing_else()
    {
        Assert.Empty(Includes("Connector.ControlPlane", "PackageReference"));
        Assert.Equal(["YamlDotNet"], Includes("Connector.Policy", "PackageReference"));
    }

    [Fact]
    public void Verbs_that_talk_to_a_daemon_know_its_published_API_alone() =>
        Assert.DoesNotContain(Sources("Connector.Cli/Remote"), file => File.ReadLines(file).Any(line =>
            line.StartsWith("using Connector.", StringComparison.Ordinal) && !line.StartsWith("using Connector.Cli", StringComparison.Ordinal) && !line.StartsWith("using Connector.Management.V1", StringComparison.Ordinal)));

    [Fact]
    public void SQL_stands_in_the_storage_room_only() =>
        Assert.DoesNotContain(
            Sources("").Where(file => !file.Contains("Connector.Storage", StringComparison.Ordinal)),
            file => File.ReadAllText(file) is var text && (text.Contains("INSERT INTO", StringComparison.Ordinal) || text.Contains("SELECT ", StringComparison.Ordinal)));

    [Fact]
    public void No_file_is_longer_than_500_lines_and_no_name_says_nothing()
    {
        string[] empty = ["Manager.cs", "Helper.cs", "Helpers.cs", "Util.cs", "Utils.cs", "Impl.cs", "Processor.cs", "Common.cs"];

        Assert.DoesNotContain(Sources(""), file => File.ReadLines(file).Count() > 500 || empty.Any(suffix => file.EndsWith(suffix, StringComparison.Ordinal)));
    }

    private static IEnumerable<string> Includes(string project, string item) =>
        XDocument.Load(Path.Combine(s_root, "src", project, project + ".csproj")).Descendants(item).Select(e => e.Attribute("Include")!.Value);

    private static IEnumerable<string> Sources(string folder) => Directory.EnumerateFiles(Path.Combine(s_root, "src", folder), "*.cs", SearchOption.AllDirectories)
        .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal));

    private static string Here([CallerFilePath] string path = "") => path;
}
