namespace Connector.Policies.Render;

/// <summary>A duty in one English sentence.</summary>
public static class DutyText
{
    private static readonly EnglishWording s_wording = new();

    public static string Of(Duty duty) => s_wording.Duty(duty);
}
