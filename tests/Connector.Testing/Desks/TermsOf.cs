using System.Globalization;
using Connector.Policies;

namespace Connector.Testing.Desks;

/// <summary>Conditions of agreements, for tests to put together.</summary>
public static class TermsOf
{
    public static Permission Free(Permission permission) => permission;

    public static Permission Before(this Permission permission, DateTimeOffset end) => permission.When("now", ConstraintOperator.Lt, Text(end));

    public static Permission From(this Permission permission, DateTimeOffset start) => permission.When("now", ConstraintOperator.Gteq, Text(start));

    /// <summary>A condition on a word of the vocabulary.</summary>
    public static Permission When(this Permission permission, string word, ConstraintOperator op, string value) =>
        permission with { Constraints = permission.Constraints.Add(new AtomicConstraint(Operands.ByWord(word)!.Iri, op, [value])) };

    public static Permission Then(this Permission permission, string duty) => permission.Then(new Duty(duty, []));

    public static Permission Then(this Permission permission, Duty duty) => permission with { Duties = permission.Duties.Add(duty) };

    /// <summary>A bound of when it is to be done, or the event that it is counted from.</summary>
    public static Duty When(this Duty duty, string word, ConstraintOperator op, string value) =>
        duty with { Constraints = duty.Constraints.Add(new AtomicConstraint(Operands.ByWord(word)!.Iri, op, [value])) };

    private static string Text(DateTimeOffset at) => at.ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture);
}
