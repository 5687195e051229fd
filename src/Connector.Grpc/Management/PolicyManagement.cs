using System.Collections.Immutable;
using Connector.ControlPlane;
using Connector.ControlPlane.Explanations;
using Connector.Grpc.Errors;
using Connector.Policies;
using Google.Protobuf.Collections;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using V1 = Connector.Management.V1;

namespace Connector.Grpc.Management;

/// <summary>Explanations of decisions, for the operator.</summary>
public sealed class PolicyManagement(ExplanationService explanations) : V1.PolicyService.PolicyServiceBase
{
    private const int MaxClaims = 256;

    public override async Task<V1.Explanation> Explain(V1.ExplainRequest request, ServerCallContext context)
    {
        var point = Point(request.Point);
        var explained = request.Id.Length > 0
            ? await explanations.OfAsync(WireChecks.Id(request.Id, "id"), point, context.CancellationToken)
            : explanations.WhatIf(new WhatIfAsked(
                WireChecks.Id(request.Offer, "offer"), WireChecks.OptionalId(request.Dataset, "dataset"), WireChecks.Id(request.Participant, "participant"),
                point ?? EnforcementPoint.Negotiation, WireChecks.Texts(request.Purposes, "purposes"), Claims(request.Claims), WireChecks.Instant(request.At, "at"))
            {
                Fulfilled = Fulfilled(request.Fulfilled),
            });
        var explanation = explained.OrThrow();
        return new V1.Explanation
        {
            Subject = explanation.Subject,
            Point = explanation.Point.ToString().ToLowerInvariant(),
            Stored = explanation.Stored,
            At = explanation.At.ToTimestamp(),
            Verdict = explanation.Verdict,
        };
    }

    private static ImmutableArray<Fulfilment> Fulfilled(RepeatedField<V1.StatedFulfilment> stated) => stated.Count <= WireChecks.MaxList
        ? [.. stated.Select(f => new Fulfilment(WireChecks.Id(f.Duty, "fulfilled.duty"), WireChecks.Instant(f.At, "fulfilled.at")))]
        : throw Refusal.Malformed("fulfilled", $"are {stated.Count}", $"state at most {WireChecks.MaxList}").ToRpcException();

    private static EnforcementPoint? Point(string word) => word.Length == 0 ? null
        : System.Enum.GetValues<EnforcementPoint>().Cast<EnforcementPoint?>().FirstOrDefault(p => p.ToString()!.Equals(word, StringComparison.OrdinalIgnoreCase))
        ?? throw Refusal.Malformed("point", $"'{word}' is not known", "give catalog, negotiation, transfer, during or use").ToRpcException();

    private static ImmutableDictionary<string, Claim>? Claims(RepeatedField<V1.StatedClaim> stated)
    {
        if (stated.Count > MaxClaims)
        {
            throw Refusal.Malformed("claims", $"are {stated.Count}", $"state at most {MaxClaims}").ToRpcException();
        }

        return stated.Count == 0 ? null : stated.GroupBy(c => WireChecks.Id(c.Name, "claims.name"), StringComparer.Ordinal)
            .ToImmutableDictionary(g => g.Key, g => new Claim([.. g.SelectMany(c => WireChecks.Texts(c.Values, "claims.values"))], "stated by the operator"));
    }
}
