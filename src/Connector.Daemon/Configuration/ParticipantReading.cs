using Connector.Policies;
namespace Connector.Daemon.Configuration;

/// <summary>Reads the section <c>participant</c>.</summary>
internal static class ParticipantReading
{
    private const int MaxNameLength = 200;

    public static ParticipantOptions Read(Section section)
    {
        var id = section.Required("id", DidWeb.Mend);
        if (id.Length > 0)
        {
            section.Checked("id", DidWeb.FaultOf, DidWeb.Mend);
        }

        var name = section.Checked("name", name => name.Length > MaxNameLength ? $"is longer than {MaxNameLength} characters" : null, "give the company's usual name");
        return new ParticipantOptions(id, name ?? id, section.Read("identifiers", Identifiers));
    }

    private static BusinessIdentifiers Identifiers(Section section) => new(
        section.Checked("corporateNumber", BusinessIdentifierRules.FaultOfCorporateNumber, "copy the 13 digits from the National Tax Agency's publication site"),
        section.Checked("bpn", BusinessIdentifierRules.FaultOfBpn, "give the legal entity's number, such as BPNL00000003AYRE"),
        section.Checked("lei", BusinessIdentifierRules.FaultOfLei, "copy it from the GLEIF index"));
}
