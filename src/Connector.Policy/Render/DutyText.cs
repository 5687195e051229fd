namespace Connector.Policies.Render;

/// <summary>A duty in one English sentence.</summary>
public static class DutyText
{
    /// <param name="vocabulary">The words that it was read by.</param>
    public static string Of(Duty duty, Vocabulary vocabulary) => new EnglishWording(vocabulary).Duty(duty);
}
