using System.Collections.Immutable;
using System.Text.Json;

namespace Connector.Policies;

/// <summary>Writes the rules of a policy into an ODRL JSON object.</summary>
internal sealed class OdrlWriter(Utf8JsonWriter writer, Vocabulary vocabulary)
{
    private const string XsdDateTime = "http://www.w3.org/2001/XMLSchema#dateTime";
    private const string XsdDuration = "http://www.w3.org/2001/XMLSchema#duration";

    /// <summary>Writes the members profile, permission, prohibition and obligation into the object being written; empty ones are left out.</summary>
    public void Rules(Policy policy)
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

        Array("permission", policy.Permissions, p =>
        {
            Rule(p.Action, p.Refinements, p.Constraints);
            Duties("duty", p.Duties);
        });
        Array("prohibition", policy.Prohibitions, p =>
        {
            Rule(p.Action, p.Refinements, p.Constraints);
            Duties("remedy", p.Remedies);
        });
        Duties("obligation", policy.Obligations);
    }

    private void Duties(string name, ImmutableArray<Duty> duties) => Array(name, duties, d =>
    {
        Rule(d.Action, d.Refinements, d.Constraints);
        Duties("consequence", d.Consequences);
    });

    private void Array<T>(string name, ImmutableArray<T> items, Action<T> write)
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

    private void Rule(string action, ImmutableArray<Constraint> refinements, ImmutableArray<Constraint> constraints)
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
            Constraints("refinement", refinements);
            writer.WriteEndObject();
            writer.WriteEndArray();
        }

        Constraints("constraint", constraints);
    }

    private void Constraints(string name, ImmutableArray<Constraint> constraints) => Array(name, constraints, constraint =>
    {
        if (constraint is LogicalConstraint logical)
        {
            Constraints(OdrlReader.Name(logical.Operator), logical.Operands);
        }
        else if (constraint is AtomicConstraint atom)
        {
            writer.WriteString("leftOperand", atom.LeftOperand);
            writer.WriteString("operator", ConstraintRules.Name(atom.Operator));
            RightOperand(atom);
        }
    });

    private void RightOperand(AtomicConstraint atom)
    {
        var type = vocabulary.ByIri(atom.LeftOperand)?.Type;
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
