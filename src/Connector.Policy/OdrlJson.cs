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
    /// <param name="vocabulary">The words it may use; the built-in ones when null.</param>
    public static bool TryRead(JsonElement policyObject, out Policy policy, out ImmutableArray<Fault> faults, Vocabulary? vocabulary = null)
    {
        var reader = new OdrlReader(vocabulary ?? Vocabulary.BuiltIn);
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

        Array(writer, "permission", policy.Permissions, p =>
        {
            Rule(writer, p.Action, p.Refinements, p.Constraints);
            Duties(writer, "duty", p.Duties);
        });
        Array(writer, "prohibition", policy.Prohibitions, p =>
        {
            Rule(writer, p.Action, p.Refinements, p.Constraints);
            Duties(writer, "remedy", p.Remedies);
        });
        Duties(writer, "obligation", policy.Obligations);
    }

    private static void Duties(Utf8JsonWriter writer, string name, ImmutableArray<Duty> duties) => Array(writer, name, duties, d =>
    {
        Rule(writer, d.Action, d.Refinements, d.Constraints);
        Duties(writer, "consequence", d.Consequences);
    });

    private static void Array<T>(Utf8JsonWriter writer, string name, ImmutableArray<T> items, Action<T> write)
    {
        if (items.IsEmpty)
        {
            return;
        }

        writer.WriteStartArray(name);
        foreach (var item in items)
        {
            writer.WriteStartObject();
            write(item);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void Rule(Utf8JsonWriter writer, string action, ImmutableArray<Constraint> refinements, ImmutableArray<Constraint> constraints)
    {
        if (refinements.IsEmpty)
        {
            writer.WriteString("action", Actions.ToJson(action));
        }
        else
        {
            writer.WriteStartArray("action");
            writer.WriteStartObject();
            writer.WriteStartObject("rdf:value");
            writer.WriteString("@id", Actions.ToJson(action));
            writer.WriteEndObject();
            Constraints(writer, "refinement", refinements);
            writer.WriteEndObject();
            writer.WriteEndArray();
        }

        Constraints(writer, "constraint", constraints);
    }

    private static void Constraints(Utf8JsonWriter writer, string name, ImmutableArray<Constraint> constraints) => Array(writer, name, constraints, constraint =>
    {
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
    });

    private static void RightOperand(Utf8JsonWriter writer, AtomicConstraint atom)
    {
        var type = Operands.ByIri(atom.LeftOperand)?.Type;
        if (ConstraintRules.IsSet(atom.Operator))
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
