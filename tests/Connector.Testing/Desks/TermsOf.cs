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

    public static Permission Then(this Permission permission, string duty) => permission with { Duties = permission.Duties.Add(new Duty(duty, [])) };

    private static string Text(DateTimeOffset at) => at.ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture);
}
