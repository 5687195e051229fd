using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace Connector.Policies.Render;

/// <summary>A policy as plain text that a person can read and sign. The same policy always gives the same text.</summary>
public static class PolicyRendering
{
    /// <summary>The languages that a policy can be told in.</summary>
    public static ImmutableArray<string> Languages { get; } = ["en", "ja"];

    /// <param name="language">One of <see cref="Languages"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">The language is none of them.</exception>
    public static string Of(PolicyDocument document, string language)
    {
        Wording wording = language switch
        {
            "en" => new EnglishWording(document.Vocabulary),
            "ja" => new JapaneseWording(document.Vocabulary),
            _ => throw new ArgumentOutOfRangeException(nameof(language), language, $"one of {string.Join(", ", Languages)} is wanted"),
        };
        var text = new StringBuilder();
        text.Append(wording.Heading(document.Title.GetValueOrDefault(language), document.Name)).Append("\n\n").Append(wording.Preamble).Append('\n');
        var clause = 0;
        foreach (var prohibition in document.Policy.Prohibitions)
        {
            Clause(text, wording, wording.Forbid(++clause, prohibition.Action, prohibition.Constraints.Length + prohibition.Refinements.Length), [.. prohibition.Refinements, .. prohibition.Constraints]);
            Duties(text, wording, wording.Remedy, prohibition.Remedies, "   ", first: false);
        }

        foreach (var permission in document.Policy.Permissions)
        {
            Clause(text, wording, wording.Permit(++clause, permission.Action, permission.Constraints.Length + permission.Refinements.Length), [.. permission.Refinements, .. permission.Constraints]);
            Duties(text, wording, wording.Then, permission.Duties, "   ", first: true);
        }

        if (!document.Policy.Obligations.IsEmpty)
        {
            text.Append('\n');
            Duties(text, wording, wording.Oblige(++clause), document.Policy.Obligations, "", first: true);
        }

        if (!document.Policy.Profiles.IsEmpty)
        {
            text.Append('\n').Append(wording.Profiles(document.Policy.Profiles)).Append('\n');
        }

        return text.Append('\n').Append(wording.Signature).Append('\n').ToString();
    }

    private static void Clause(StringBuilder text, Wording wording, string opening, ImmutableArray<Constraint> constraints)
    {
        text.Append('\n').Append(opening).Append('\n');
        Conditions(text, wording, constraints, "   ");
    }

    private static void Conditions(StringBuilder text, Wording wording, ImmutableArray<Constraint> constraints, string indent)
    {
        for (var i = 0; i < constraints.Length; i++)
        {
            var mark = string.Create(CultureInfo.InvariantCulture, $"{indent}({i + 1}) ");
            if (constraints[i] is LogicalConstraint logical)
            {
                text.Append(mark).Append(wording.Together(logical.Operator)).Append('\n');
                Conditions(text, wording, logical.Operands, indent + "    ");
            }
            else if (constraints[i] is AtomicConstraint atom)
            {
                text.Append(mark).Append(wording.Condition(atom)).Append('\n');
            }
        }
    }

    private static void Duties(StringBuilder text, Wording wording, string opening, ImmutableArray<Duty> duties, string indent, bool first)
    {
        if (duties.IsEmpty)
        {
            return;
        }

        text.Append(indent).Append(opening).Append('\n');
        foreach (var duty in duties)
        {
            var waits = first && Policies.Duties.TimingOf(duty) == DutyTiming.Before;
            text.Append(indent).Append("- ").Append(wording.Duty(duty)).Append(waits ? wording.First : "").Append('\n');
            Duties(text, wording, wording.Otherwise, duty.Consequences, indent + "  ", waits);
        }
    }
}
