using System.Globalization;
using Connector.ControlPlane.Participants;
using Connector.ControlPlane.Publications;
using Connector.Policies;

namespace Connector.ControlPlane.Agreements;

/// <summary>What a provider knows of one use of its data beyond who asks, by the words of the vocabulary. What is not here is not known.</summary>
internal static class UseFacts
{
    /// <param name="uses">How often it was used before.</param>
    /// <param name="party">Whom the data goes to.</param>
    /// <param name="dataset">Null when it is not published at present.</param>
    /// <param name="format">The transfer's distribution format; null where no transfer is meant.</param>
    public static IReadOnlyDictionary<string, Claim> Of(int uses, Peer party, Dataset? dataset, string? format)
    {
        var facts = new Dictionary<string, Claim>(StringComparer.Ordinal)
        {
            ["count"] = new([(uses + 1).ToString(CultureInfo.InvariantCulture)], "the transfers started under the agreement, this one included"),
            ["recipient"] = new([party.ParticipantId], "the authenticated participant"),
        };

        // Data is used where it is kept, and where that is somebody must vouch for.
        if (party.Claims.TryGetValue("dataLocation", out var location))
        {
            facts["spatial"] = location;
        }

        Add("channel", format, "the transfer's format");
        Add("version", dataset?.Version, "the dataset's document");
        Add("language", dataset?.Language, "the dataset's document");
        Add("fileFormat", dataset?.ContentType, "the dataset's document");
        return facts;

        void Add(string word, string? value, string source)
        {
            if (value is not null)
            {
                facts[word] = new Claim([value], source);
            }
        }
    }
}
