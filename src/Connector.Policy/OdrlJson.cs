using System.Buffers;
using System.Collections.Immutable;
using System.Text;
using System.Text.Json;

namespace Connector.Policies;

/// <summary>Policies as ODRL JSON, the form in which they travel (DSP 2025-1, <c>contract-schema.json</c>).</summary>
public static class OdrlJson
{
    private const string XsdDateTime = "http://www.w3.org/2001/XMLSchema#dateTime";
    private const string XsdDuration = "http://www.w3.org/2001/XMLSchema#duration";

    /// <summary>Reads the rules of an Offer, Agreement or Set; its ids, parties and target are no part of them. One value where an array is meant is taken.</summary>
    /// <param name="faults">All that is wrong, when something is.</param>
    public static bool TryRead(JsonElement policyObject, out Policy policy, out ImmutableArray<Fault> faults)
    {
        var reader = new OdrlReader();
        policy = reader.Read(policyObject);
        faults = [.. reader.Faults];
        return faults.IsEmpty;
    }

    /// <summary>The rules as a JSON object of their own, always the same text for the same policy.</summary>
    public static string ToJson(Policy policy)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            WriteRules(writer, policy);
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>Writes the members profile, permission, prohibition and obligation into the object being written; empty ones are left out.</summary>
    public static void WriteRules(Utf8JsonWriter writer, Policy policy)
    {
        if (!policy.Profiles.IsEmpty)
        {
            writer.WriteStartArray("profile");
            foreach (var profile in policy.Profiles)
            {
                writer.WriteStringValue(profile);
            }

            writer.WriteEndArray();
        }

        Rules(writer, "permission", policy.Permissions, p => (p.Action, p.Constraints), p => Rules(writer, "duty", p.Duties, d => (d.Action, d.Constraints), _ => { }));
        Rules(writer, "prohibition", policy.Prohibitions, p => (p.Action, p.Constraints), _ => { });
        Rules(writer, "obligation", policy.Obligations, d => (d.Action, d.Constraints), _ => { });
    }

    private static void Rules<T>(Utf8JsonWriter writer, string name, ImmutableArray<T> rules, Func<T, (string Action, ImmutableArray<Constraint> Constraints)> parts, Action<T> more)
    {
        if (rules.IsEmpty)
        {
            return;
        }

        writer.WriteStartArray(name);
        foreach (var rule in rules)
        {
            var (action, constraints) = parts(rule);
            writer.WriteStartObject();
            writer.WriteString("action", Actions.ToJson(action));
            Constraints(writer, "constraint", constraints);
            more(rule);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void Constraints(Utf8JsonWriter writer, string name, ImmutableArray<Constraint> constraints)
    {
        if (constraints.IsEmpty)
        {
            return;
        }

        writer.WriteStartArray(name);
        foreach (var constraint in constraints)
        {
            writer.WriteStartObject();
            if (constraint is LogicalConstraint logical)
            {
                Constraints(writer, OdrlReader.Name(logical.Operator), logical.Operands);
            }
            else if (constraint is AtomicConstraint atom)
            {
                writer.WriteString("leftOperand", atom.LeftOperand);
                writer.WriteString("operator", ConstraintRules.Name(atom.Operator));
                RightOperand(writer, atom);
            }

            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void RightOperand(Utf8JsonWriter writer, AtomicConstraint atom)
    {
        var type = Operands.ByIri(atom.LeftOperand)?.Type;
        if (atom.Operator is ConstraintOperator.IsAllOf or ConstraintOperator.IsAnyOf or ConstraintOperator.IsNoneOf)
        {
            writer.WriteStartArray("rightOperand");
            foreach (var value in atom.Values)
            {
                writer.WriteStringValue(value);
            }

            writer.WriteEndArray();
        }
        else if (type is OperandType.Instant or OperandType.Duration)
        {
            writer.WriteStartObject("rightOperand");
            writer.WriteString("@value", atom.Values[0]);
            writer.WriteString("@type", type == OperandType.Instant ? XsdDateTime : XsdDuration);
            writer.WriteEndObject();
        }
        else
        {
            writer.WriteString("rightOperand", atom.Values[0]);
        }
    }
}
