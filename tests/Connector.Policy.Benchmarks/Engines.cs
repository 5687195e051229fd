using NCalc;
using RulesEngine.Models;

namespace Connector.Policy.Benchmarks;

/// <summary>
/// The policies of <see cref="Cases"/> for other engines of .NET, each as its users would write it for speed: parsed and compiled once, one condition, the
/// claims as plain texts by name. They answer yes or no, and give no reasons.
/// </summary>
internal static class Engines
{
    private const string Workflow = "policy";

    /// <summary>Microsoft's RulesEngine: one lambda expression, compiled to a delegate at the first call.</summary>
    public static Func<bool> RulesEngine(int constraints, string last)
    {
        var rule = new Rule { RuleName = Workflow, Expression = string.Join(" && ", Names(constraints).Select(n => $"(claims[\"{n}\"] == \"first\" || claims[\"{n}\"] == \"second\" || claims[\"{n}\"] == \"active\")")) };
        var engine = new global::RulesEngine.RulesEngine([new Workflow { WorkflowName = Workflow, Rules = [rule] }], new ReSettings { UseFastExpressionCompiler = true });
        RuleParameter[] parameters = [new("claims", Claims(constraints, last))];

        // Nothing here waits, so that one thread is measured.
        return () => engine.ExecuteAllRulesAsync(Workflow, parameters).AsTask().GetAwaiter().GetResult()[0].IsSuccess;
    }

    /// <summary>NCalc: an expression that is parsed once and walked at each call.</summary>
    public static Func<bool> NCalc(int constraints, string last)
    {
        var expression = new Expression(string.Join(" and ", Names(constraints).Select(n => $"{n} in ('first', 'second', 'active')")), ExpressionOptions.OrdinalStringComparer | ExpressionOptions.NoStringTypeCoercion);
        foreach (var (name, value) in Claims(constraints, last))
        {
            expression.Parameters[name] = value;
        }

        return () => expression.Evaluate() is true;
    }

    private static IEnumerable<string> Names(int constraints) => Enumerable.Range(0, constraints).Select(Cases.Name);

    private static Dictionary<string, string> Claims(int constraints, string last) => Cases.Facts(constraints, last).Claims.ToDictionary(c => c.Key, c => c.Value.Values[0]);
}
