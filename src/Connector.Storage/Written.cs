namespace Connector.Storage;

/// <summary>A negotiation or transfer that the open transaction writes.</summary>
/// <param name="Bytes">The length of its body.</param>
internal readonly record struct Written(object Record, int Bytes);
