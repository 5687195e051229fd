using Connector.ControlPlane.Agreements;
using Connector.ControlPlane.Participants;
using Connector.ControlPlane.Publications;
using Connector.ControlPlane.Stores;
using Connector.Testing.Desks;
using Connector.Testing.Stores;
using Microsoft.Extensions.Time.Testing;

namespace Connector.ControlPlane.Tests.Agreements;

/// <summary>What is wrong with an agreement that is to be taken over is told with its place.</summary>
public sealed class ImportTests
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2027, 1, 1, 0, 0, 0, TimeSpan.Zero));

    [Theory]
    [InlineData("\"target\": \"urn:d\"", "\"target\": 5", "json: json:4:3: target: is missing or no string; ")]
    [InlineData("\"target\": \"urn:d\",\n", "", "json: json:1:1: target: is missing or no string; ")]
    [InlineData("2026-11-26T00:00:00Z", "some day", "json: json:7:3: timestamp: 'some day' is no xsd:dateTime; ")]
    [InlineData("\"use\"", "\"uze\"", "json: json:8:20: permission[0].action: 'uze' ")]
    [InlineData("\"purpose\"", "\"purpoze\"", "json: json:9:7: permission[0].constraint[0].leftOperand: 'purpoze' ")]
    [InlineData("\"urn:a\",", "\"urn:a\"", "json: json:3:3: is not JSON; ")]
    [InlineData("\"urn:a\"", "\"\\ud800\"", "json: json: holds half of a character; ")]
    public async Task A_fault_is_told_with_its_line_and_column(string right, string wrong, string words)
    {
        var desk = new Desk(_time);
        var imports = new AgreementImportService(
            desk.Store, new CommitService(desk.Store, desk, desk.Happenings, _time), new PeerDirectory(desk.Library), Unasked.Of<IPeerBindings>(), desk.Policies, new Participant(Desk.Self, "own", null, null), desk, _time);
        const string Sound = $$"""
            {
              "@id": "urn:a",
              "@type": "Agreement",
              "target": "urn:d",
              "assigner": "{{Desk.Self}}",
              "assignee": "{{Records.Peer}}",
              "timestamp": "2026-11-26T00:00:00Z",
              "permission": [{ "action": "use", "constraint": [
                { "leftOperand": "purpose", "operator": "eq", "rightOperand": "pcf-calculation" } ] }]
            }
            """;
        Assert.Contains(right, Sound, StringComparison.Ordinal);

        var refusal = (await imports.ImportAsync(Sound.Replace(right, wrong, StringComparison.Ordinal), null, null, default)).Refusal!;

        Assert.Equal(("malformed", "json"), (refusal.Code, refusal.Field));
        Assert.StartsWith(words, refusal.Message, StringComparison.Ordinal);
    }
}
