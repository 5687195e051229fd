namespace Connector.Policies;

/// <summary>Countries (ISO 3166-1 alpha-2) and the unions within which data may flow as within one: <c>EU</c> within <c>EEA</c>.</summary>
public static class Regions
{
    private const string EuropeanUnion = "EU";
    private const string EuropeanEconomicArea = "EEA";

    private static readonly string[] s_union =
    [
        "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE", "IT", "LT", "LU", "LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK",
    ];

    public static Hierarchy All { get; } = new(
    [
        new(EuropeanEconomicArea, ""), new(EuropeanUnion, EuropeanEconomicArea),
        .. s_union.Select(country => KeyValuePair.Create(country, EuropeanUnion)),
        .. new[] { "IS", "LI", "NO" }.Select(country => KeyValuePair.Create(country, EuropeanEconomicArea)),
    ]);
}
