using System.Collections.Immutable;
using System.Text.Json;
using Connector.ControlPlane.Exchanges;
using Connector.ControlPlane.Transfers;

namespace Connector.Dsp.Wire;

/// <summary>
/// Data addresses as documents: in the standard's shape, with named properties, and as older connectors of Eclipse EDC's family send them, whose members
/// stand on the address itself, each under EDC's namespace (<c>edc:endpoint</c>, <c>edc:authKey</c>, <c>edc:authCode</c> …).
/// </summary>
internal static class DataAddressWire
{
    private const string Edc = "https://w3id.org/edc/v0.0.1/ns/";
    private const string EdcPrefix = "edc:";

    public static DataAddress? Read(DataAddressDocument? address)
    {
        if (address is null)
        {
            return null;
        }

        var properties = ImmutableDictionary.CreateBuilder<string, string>();
        var flat = Flat(address);
        properties.AddRange(flat.Where(p => p.Key is not (Edc + "type" or Edc + "endpoint" or Edc + "baseUrl")));
        foreach (var property in Bounded(WireChecks.Entries(address.EndpointProperties, "dataAddress.endpointProperties"), "dataAddress.endpointProperties"))
        {
            properties[WireChecks.Id(property.Name, "dataAddress.endpointProperties.name")] =
                WireChecks.Line(property.Value ?? throw new MalformedException("dataAddress.endpointProperties.value", "is missing", "give a string"), "dataAddress.endpointProperties.value", WireChecks.MaxSecret);
        }

        return new DataAddress(
            WireChecks.Id(address.EndpointType ?? TypeOf(flat), "dataAddress.endpointType"),
            WireChecks.OptionalId(address.Endpoint ?? flat.GetValueOrDefault(Edc + "endpoint") ?? flat.GetValueOrDefault(Edc + "baseUrl"), "dataAddress.endpoint"),
            properties.ToImmutable());
    }

    public static DataAddressDocument? Write(DataAddress? address) => address is null ? null : new DataAddressDocument
    {
        Type = "DataAddress",
        EndpointType = address.EndpointType,
        Endpoint = address.Endpoint,
        EndpointProperties = address.Properties.IsEmpty
            ? null
            : [.. address.Properties.OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => new EndpointPropertyDocument { Type = "EndpointProperty", Name = p.Key, Value = p.Value })],
    };

    // The prefix is what everybody calls the namespace, and stays where a message names no context that says so.
    private static Dictionary<string, string> Flat(DataAddressDocument address)
    {
        var flat = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in Bounded(address.More ?? [], "dataAddress"))
        {
            if (value.ValueKind == JsonValueKind.String && (name.StartsWith(Edc, StringComparison.Ordinal) || name.StartsWith(EdcPrefix, StringComparison.Ordinal)))
            {
                var word = name.StartsWith(Edc, StringComparison.Ordinal) ? name[Edc.Length..] : name[EdcPrefix.Length..];
                flat[Edc + WireChecks.Line(word, "dataAddress", WireChecks.MaxId)] = WireChecks.Line(value.GetString()!, $"dataAddress.{EdcPrefix}{word}", WireChecks.MaxSecret);
            }
        }

        return flat;
    }

    // EDC's names for what is had, or taken, over HTTP.
    private static string? TypeOf(Dictionary<string, string> flat) => flat.GetValueOrDefault(Edc + "type") is not { } type ? null
        : type.Replace(Edc, "", StringComparison.Ordinal).Replace(EdcPrefix, "", StringComparison.Ordinal) is "EDR" or "HttpData" or "HttpProxy" ? Formats.HttpEndpointType
        : type;

    private static IReadOnlyCollection<T> Bounded<T>(IReadOnlyCollection<T> entries, string field) => entries.Count <= WireChecks.MaxList
        ? entries
        : throw new MalformedException(field, $"has {entries.Count} entries", $"give at most {WireChecks.MaxList}");
}
