using System.Text.Json;

namespace Connector.EndToEnd.Tests;

/// <summary>The demo, as a new user runs it.</summary>
public sealed class DemoTests
{
    [Theory]
    [InlineData("grpc")]
    [InlineData("dsp")]
    public async Task It_tells_the_same_story_over_either_binding(string binding)
    {
        var folder = Directory.CreateTempSubdirectory("connector-demo-").FullName;
        var run = await ConnectorCli.RunAsync(folder, "demo", "-o", "json", "--binding", binding);

        Assert.True(run.ExitCode == 0, run.Error + run.Output);
        using var told = JsonDocument.Parse(run.Output);
        var story = told.RootElement;
        Assert.Equal(story.GetProperty("datasetSha256").GetString(), story.GetProperty("receivedSha256").GetString());
        Assert.Equal((0, "refused", true), (story.GetProperty("outsiderSaw").GetInt32(), story.GetProperty("pullAfterRevocation").GetString(), story.GetProperty("evidenceVerified").GetBoolean()));
        Directory.Delete(folder, recursive: true);
    }
}
