namespace Connector.ControlPlane.Negotiations;

/// <summary>What is on the table: an offer on one dataset.</summary>
/// <param name="OfferId">The offer's <c>@id</c>, echoed byte for byte.</param>
/// <param name="DatasetId">The offer's <c>target</c>.</param>
/// <param name="Policy">The rules as ODRL JSON text: an object with <c>permission</c>, <c>prohibition</c>, <c>obligation</c>, <c>profile</c>.</param>
public sealed record Terms(string OfferId, string DatasetId, string Policy);
