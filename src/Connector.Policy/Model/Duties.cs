namespace Connector.Policies;

/// <summary>When a duty of a permission is owed.</summary>
public enum DutyTiming
{
    /// <summary>Before data flows: a condition of the permission.</summary>
    Before,

    /// <summary>All the while the data is used.</summary>
    During,

    /// <summary>Once, by its due time; the permission is not withheld for it.</summary>
    After,
}

/// <summary>What the duties of ODRL 2.2 ask for, by their actions.</summary>
public static class Duties
{
    /// <summary>When a duty is owed. One that is counted from an event or a span is owed afterwards, whatever its action.</summary>
    public static DutyTiming TimingOf(Duty duty) => duty.Action switch
    {
        _ when duty.Constraints.Any(c => c is AtomicConstraint { LeftOperand: Operands.Event or Operands.ElapsedTime }) => DutyTiming.After,
        "compensate" or "obtainConsent" or "reviewPolicy" => DutyTiming.Before,
        "attribute" or "ensureExclusivity" or "watermark" or "nextPolicy" or "anonymize" => DutyTiming.During,
        _ => DutyTiming.After,
    };
}
