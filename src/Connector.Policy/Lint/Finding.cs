namespace Connector.Policies.Lint;

/// <summary>How much a finding matters.</summary>
public enum Severity
{
    /// <summary>Worth knowing; may well be meant.</summary>
    Note,

    /// <summary>Probably not meant.</summary>
    Warning,

    /// <summary>Cannot be meant.</summary>
    Error,
}

/// <summary>Something that a policy says and its writer hardly means.</summary>
/// <param name="Code">Kebab-case: contradiction, redundant, shadowed, past, unenforced, wider or undecided.</param>
public sealed record Finding(string Code, Severity Severity, Fault Fault)
{
    /// <summary>In one line, position first.</summary>
    public override string ToString() => Fault.Line > 0
        ? FormattableString.Invariant($"{Fault.File}:{Fault.Line}:{Fault.Column}: {Severity.ToString().ToLowerInvariant()} [{Code}] {Fault.Path}: {Fault.Message}; {Fault.Mend}")
        : $"{Severity.ToString().ToLowerInvariant()} [{Code}] {Fault}";
}
