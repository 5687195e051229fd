namespace Connector.Dsp.Tests;

public sealed class RoomTests
{
    [Fact]
    public void The_bundle_of_contexts_is_inside_the_assembly() =>
        Assert.Contains("dspace-2025-1.context.jsonld", typeof(DspRoomOptions).Assembly.GetManifestResourceNames());
}
