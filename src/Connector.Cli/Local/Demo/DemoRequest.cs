namespace Connector.Cli.Local.Demo;

/// <summary>What the demo was asked for.</summary>
/// <param name="Keep">Leave the folder behind.</param>
/// <param name="Size">Bytes of a dataset to make on the fly; null exchanges the carbon footprint.</param>
/// <param name="Binding"><c>grpc</c> or <c>dsp</c>.</param>
internal sealed record DemoRequest(bool Keep, long? Size, string Binding);
