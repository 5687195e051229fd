namespace Connector.Daemon.Configuration;

/// <summary>Whose connector this is.</summary>
/// <param name="Id">Its DID, <c>did:web:…</c>.</param>
/// <param name="Name">Its name for people.</param>
/// <param name="Identifiers">Its business identifiers.</param>
public sealed record ParticipantOptions(string Id, string Name, BusinessIdentifiers Identifiers);

/// <summary>Numbers by which other companies know this one; null where it has none.</summary>
/// <param name="CorporateNumber">法人番号 of the National Tax Agency of Japan: 13 digits, the first a check digit.</param>
/// <param name="Bpn">Catena-X business partner number of a legal entity: BPNL and 12 characters.</param>
/// <param name="Lei">Legal entity identifier, ISO 17442: 20 characters, the last two check digits.</param>
public sealed record BusinessIdentifiers(string? CorporateNumber, string? Bpn, string? Lei);
