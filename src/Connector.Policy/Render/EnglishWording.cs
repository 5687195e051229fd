using System.Collections.Immutable;
using System.Globalization;

namespace Connector.Policies.Render;

internal sealed class EnglishWording(Vocabulary vocabulary) : Wording(vocabulary)
{
    private static readonly string[] s_units = ["year", "month", "day", "hour", "minute", "second"];

    public override string Preamble => "What is not permitted here is refused. A prohibition beats every permission. A condition whose fact is not known never permits.";

    public override string Then => "Whoever does so must:";

    public override string Remedy => "Whoever does so all the same must:";

    public override string First => " (first: no data flows before the provider has recorded that it is done)";

    public override string Otherwise => "and if this is not done:";

    public override string Signature => "Approved by: ____________________   Date: ____________________";

    public override string Heading(string? title, string name) => title is null ? name : $"{title} ({name})";

    public override string Permit(int clause, string action, int conditions) =>
        string.Create(CultureInfo.InvariantCulture, $"{clause}. Permission. The recipient may {Verb(action)}{When(conditions, "only if")}");

    public override string Forbid(int clause, string action, int conditions) =>
        string.Create(CultureInfo.InvariantCulture, $"{clause}. Prohibition. The recipient must not {Verb(action)}{When(conditions, "if")}");

    public override string Oblige(int clause) => string.Create(CultureInfo.InvariantCulture, $"{clause}. Obligation. In any case the recipient must:");

    public override string Profiles(ImmutableArray<string> profiles) => $"The words are to be read as these profiles define them: {string.Join(", ", profiles)}";

    public override string Together(LogicalOperator op) => op switch
    {
        LogicalOperator.Or => "at least one of these holds:",
        LogicalOperator.Xone => "exactly one of these holds:",
        LogicalOperator.AndSequence => "all of these hold, one after the other in this order:",
        _ => "all of these hold:",
    };

    public override string Condition(AtomicConstraint atom)
    {
        var operand = OperandOf(atom);
        var subject = Names.English(operand);
        var sentence = $"{subject} {Predicate(operand, atom)}";
        return operand.Points.Count == 0 ? $"{sentence} (agreed by contract; no machine checks it)" : sentence;
    }

    public override string Duty(Duty duty)
    {
        var sentence = Verb(duty.Action);
        var (within, after, ahead, by) = Bounds(duty);
        string[] bounds =
        [
            $"{(within is null ? "" : $" {(within.Operator == ConstraintOperator.Lt ? "in less than" : "within")} {Span(within.Values[0])}")}{(after is null ? "" : $" after {Event(after.Values[0])}")}",
            ahead is null ? "" : $" before {Event(ahead.Values[0])}",
            by is null ? "" : $" {(by.Operator == ConstraintOperator.Lt ? "before" : "no later than")} {Instant(by.Values[0])}",
        ];
        sentence += string.Join(", and", bounds.Where(bound => bound.Length > 0));
        return Further(duty).Aggregate(sentence, (text, atom) => $"{text}, where {Condition(atom)}");
    }

    private static string When(int conditions, string word) => conditions switch
    {
        0 => ", whatever the circumstances.",
        1 => $" {word} this holds:",
        _ => $" {word} all of these hold:",
    };

    private static string Verb(string action) => action switch
    {
        "use" => "use the data",
        Actions.Access => "know of the data",
        "obtainConsent" => "obtain consent",
        "inform" => "inform the provider",
        "attribute" => "name the source of the data",
        "compensate" => "pay for the data",
        "nextPolicy" => "pass the same terms on to whoever receives the data next",
        "reviewPolicy" => "review these terms",
        "ensureExclusivity" => "ensure exclusivity",
        "concurrentUse" => "use the data at the same time in several places",
        "include" => "include the data in other works",
        "give" => "give the data away",
        "transfer" => "transfer the data to others",
        _ => $"{action} the data",
    };

    private static string Predicate(Operand operand, AtomicConstraint atom)
    {
        var value = Value(operand, atom.Values[0]);
        var list = string.Join(", ", atom.Values.Select(v => Value(operand, v)));
        return atom.Operator switch
        {
            ConstraintOperator.Lt => operand.Type == OperandType.Instant ? $"is before {value}" : $"is less than {value}",
            ConstraintOperator.Lteq => operand.Type == OperandType.Instant ? $"is not later than {value}" : $"is at most {value}",
            ConstraintOperator.Gt => operand.Type == OperandType.Instant ? $"is after {value}" : $"is more than {value}",
            ConstraintOperator.Gteq => operand.Type == OperandType.Instant ? $"is {value} or later" : $"is at least {value}",
            ConstraintOperator.Neq => $"is not {value}",
            ConstraintOperator.IsAnyOf when atom.Values.Length > 1 => $"is one of: {list}",
            ConstraintOperator.IsNoneOf => atom.Values.Length > 1 ? $"is none of: {list}" : $"is not {value}",
            ConstraintOperator.IsAllOf => $"includes all of: {list}",
            ConstraintOperator.IsA => $"is of the kind {value}",
            ConstraintOperator.IsPartOf => $"lies within {value}",
            ConstraintOperator.HasPart => $"contains {value}",
            _ => $"is {value}",
        };
    }

    private static string Value(Operand operand, string value) => operand.Type switch
    {
        OperandType.Instant => Instant(value),
        OperandType.Duration => Span(value),
        _ => operand.Iri == Operands.Purpose && Names.Purpose(value) is { } purpose ? $"{purpose.English} [{value}]{Including(value)}" : $"\"{value}\"",
    };

    private static string Including(string purpose) => string.Join(", ", Names.PurposesBeneath(purpose).Select(p => p.English)) is { Length: > 0 } names ? $" (including {names})" : "";

    private static string Instant(string text) => Spans.TryInstant(text, out var at)
        ? at.ToString(at.Second == 0 ? "d MMMM yyyy HH:mm '(UTC'zzz')'" : "d MMMM yyyy HH:mm:ss '(UTC'zzz')'", CultureInfo.InvariantCulture)
        : text;

    private static string Span(string duration) => string.Join(" and ", Parts(duration).Select(p => string.Create(CultureInfo.InvariantCulture, $"{p.Count} {s_units[p.Unit]}{(p.Count == 1 ? "" : "s")}")));

    private static string Event(string name) => name switch
    {
        "agreementEnd" => "the end of the agreement",
        "agreementStart" or "agreement" => "the agreement is signed",
        "transferEnd" => "the end of the transfer",
        "use" or "firstUse" => "the first use",
        _ => $"the event \"{name}\"",
    };
}
