using System.Globalization;
using Connector.Policies;

namespace Connector.Policy.Tests;

/// <summary>The semantics, as plainly as they can be written: no compiling, no speed.</summary>
internal static class NaiveEvaluator
{
    private enum Answer { Yes, No, Later, Unknown }

    public static bool Permits(Policies.Policy policy, EnforcementPoint at, Facts facts) =>
        !policy.Prohibitions.Any(p => Actions.Covers(p.Action, facts.Action) && Each(facts).Any(purpose =>
            All([.. p.Refinements.Concat(p.Constraints).Select(c => Ask(c, at, facts, purpose, forbids: true))], forbids: true) is Answer.Yes or Answer.Unknown))
        && policy.Permissions.Any(p => Actions.Covers(p.Action, facts.Action)
            && Each(facts).All(purpose => p.Refinements.Concat(p.Constraints).All(c => Ask(c, at, facts, purpose, forbids: false) is Answer.Yes or Answer.Later))
            && (at < EnforcementPoint.Transfer || facts.TimeAlone || p.Duties.Concat(policy.Obligations).Where(IsFirst).All(d => IsDone(d, facts))));

    private static bool IsFirst(Duty duty) => duty.Action is "compensate" or "obtainConsent" or "reviewPolicy"
        && !duty.Constraints.OfType<AtomicConstraint>().Any(c => c.LeftOperand == Operands.Event || c.LeftOperand == Operands.ElapsedTime);

    private static bool IsDone(Duty duty, Facts facts)
    {
        bool InTime(DateTimeOffset at) => duty.Constraints.OfType<AtomicConstraint>().Where(c => c.LeftOperand == Operands.DateTime && c.Operator is ConstraintOperator.Lt or ConstraintOperator.Lteq)
            .All(c => Time(Operands.ByIri(c.LeftOperand)!, c, at, DateTimeOffset.Parse(c.Values[0], System.Globalization.CultureInfo.InvariantCulture)));
        var records = facts.Fulfilled.Where(f => f.Duty == duty.Action).ToList();
        return records.Count > 0
            && (records[0].At is not { } at || InTime(at) || (duty.Consequences.Length > 0 && duty.Consequences.Where(IsFirst).All(c => IsDone(c, facts))));
    }

    private static string?[] Each(Facts facts) => facts.Purposes.IsEmpty ? [null] : [.. facts.Purposes];

    private static Answer Ask(Constraint constraint, EnforcementPoint at, Facts facts, string? purpose, bool forbids)
    {
        if (constraint is AtomicConstraint atom)
        {
            var operand = PolicyGen.Vocabulary.ByIri(atom.LeftOperand)!;
            return !operand.Points.Contains(at) || (facts.TimeAlone && operand.Source is not (FactSource.Clock or FactSource.SinceAgreement or FactSource.SinceLastUse)) ? Answer.Later : Compare(operand, atom, facts, purpose, forbids) switch { true => Answer.Yes, false => Answer.No, null => facts.TimeAlone ? Answer.Later : Answer.Unknown };
        }

        var logical = (LogicalConstraint)constraint;
        Answer[] answers = [.. logical.Operands.Select(o => Ask(o, at, facts, purpose, forbids))];
        return logical.Operator switch
        {
            LogicalOperator.Or => Not(All([.. answers.Select(Not)], !forbids)),
            LogicalOperator.Xone when answers.Count(a => a == Answer.Yes) > 1 => Answer.No,
            LogicalOperator.Xone when answers.Count(a => a == Answer.Yes) == 1 => All([.. answers.Where(a => a != Answer.No)], forbids),
            LogicalOperator.Xone => Not(All([.. answers.Select(Not)], forbids)),
            _ => All(answers, forbids),
        };
    }

    private static Answer Not(Answer answer) => answer switch { Answer.Yes => Answer.No, Answer.No => Answer.Yes, _ => answer };

    private static Answer All(Answer[] answers, bool forbids)
    {
        Answer[] order = forbids ? [Answer.No, Answer.Later, Answer.Unknown] : [Answer.No, Answer.Unknown, Answer.Later];
        return order.Where(answers.Contains).Append(Answer.Yes).First();
    }

    private static bool? Compare(Operand operand, AtomicConstraint atom, Facts facts, string? purpose, bool forbids)
    {
        switch (operand.Source)
        {
            case FactSource.Clock:
                return Time(operand, atom, facts.Now, DateTimeOffset.Parse(atom.Values[0], CultureInfo.InvariantCulture));
            case FactSource.SinceAgreement or FactSource.SinceLastUse:
                var start = operand.Source == FactSource.SinceAgreement ? facts.AgreementSignedAt : facts.LastUsedAt;
                var days = operand.Type == OperandType.Number ? TimeSpan.FromDays(double.Parse(atom.Values[0], CultureInfo.InvariantCulture)) : TimeSpan.Zero;
                return start is null ? null : Time(operand, atom, facts.Now, operand.Type == OperandType.Number ? start.Value + days : Spans.After(start.Value, atom.Values[0]) ?? DateTimeOffset.MaxValue);
            case FactSource.Purpose:
                return purpose is null ? null : Texts(operand, atom, atom.Operator == ConstraintOperator.IsAllOf ? [.. facts.Purposes] : [purpose], forbids);
            case FactSource.Participant:
                return Texts(operand, atom, [facts.ParticipantId], forbids);
        }

        var known = operand.Source == FactSource.Observed ? facts.Observed.GetValueOrDefault(operand.Word) : facts.Claims.GetValueOrDefault(operand.ClaimName!);
        return known is null || known.Values.IsDefaultOrEmpty ? null
            : operand.Type == OperandType.Text ? Texts(operand, atom, [.. known.Values], forbids) : Sizes(operand, [.. known.Values], atom, forbids);
    }

    private static bool Time(Operand operand, AtomicConstraint atom, DateTimeOffset now, DateTimeOffset bound) => atom.Operator switch
    {
        ConstraintOperator.Lt => now < bound,
        ConstraintOperator.Lteq => now <= bound,
        ConstraintOperator.Gt => now > bound,
        ConstraintOperator.Gteq => now >= bound,
        _ => operand.Word is "delay" or "interval" ? now >= bound : now <= bound,
    };

    private static bool? Sizes(Operand operand, string[] found, AtomicConstraint atom, bool forbids)
    {
        var values = atom.Values.Select(v => Size(operand, v)!.Value).ToList();
        bool Holds(decimal one) => atom.Operator switch
        {
            ConstraintOperator.Lt => one < values[0],
            ConstraintOperator.Lteq => one <= values[0],
            ConstraintOperator.Gt => one > values[0],
            ConstraintOperator.Gteq => one >= values[0],
            ConstraintOperator.Neq or ConstraintOperator.IsNoneOf => !values.Contains(one),
            _ => values.Contains(one),
        };

        var sizes = found.Select(f => Size(operand, f)).ToList();
        return sizes.Contains(null) ? null : forbids ? sizes.Any(s => Holds(s!.Value)) : sizes.All(s => Holds(s!.Value));
    }

    private static decimal? Size(Operand operand, string text) => operand.Type == OperandType.Number
        ? decimal.TryParse(text, CultureInfo.InvariantCulture, out var number) ? number : null
        : DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, out var at) ? at.UtcTicks : null;

    private static bool Texts(Operand operand, AtomicConstraint atom, string[] found, bool forbids)
    {
        bool Beneath(string narrow, string wide) => narrow == wide || (operand.Hierarchy!.Above(narrow) is { Length: > 0 } above && Beneath(above, wide));
        bool Is(string one, string value) => atom.Operator switch
        {
            ConstraintOperator.HasPart when operand.Hierarchy is not null => Beneath(value, one),
            ConstraintOperator.IsA or ConstraintOperator.IsPartOf when operand.Hierarchy is not null => Beneath(one, value),
            _ => operand.Source == FactSource.Purpose ? Beneath(one, value) : one == value,
        };
        bool Meets(string one) => atom.Values.Any(v => Is(one, v));
        return atom.Operator switch
        {
            ConstraintOperator.Neq or ConstraintOperator.IsNoneOf => forbids ? found.Any(f => !Meets(f)) : !found.Any(Meets),
            ConstraintOperator.IsAllOf => atom.Values.All(v => found.Any(f => Is(f, v))),
            _ => found.Any(Meets),
        };
    }
}
