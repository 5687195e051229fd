namespace Connector.Policies;

/// <summary>The purposes of use that the connector knows. Others may be written too; they lie beneath nothing.</summary>
/// <remarks><c>ai-training</c> lies beneath nothing, so that no wider purpose ever brings it along.</remarks>
public static class Purposes
{
    /// <summary>Training, tuning or distilling models with the data.</summary>
    public const string AiTraining = "ai-training";

    public static Hierarchy All { get; } = new(
    [
        new("regulatory-reporting", ""),
        new("pcf-calculation", "regulatory-reporting"),
        new("cbam-reporting", "regulatory-reporting"),
        new("battery-passport", "regulatory-reporting"),
        new("due-diligence", "regulatory-reporting"),
        new("quality-management", ""),
        new("quality-notification", "quality-management"),
        new("traceability", "quality-management"),
        new("incoming-inspection", "quality-management"),
        new("supply-planning", ""),
        new("demand-forecasting", "supply-planning"),
        new("circular-economy", ""),
        new("recycling", "circular-economy"),
        new("analytics", ""),
        new("benchmarking", "analytics"),
        new(AiTraining, ""),
    ]);
}
