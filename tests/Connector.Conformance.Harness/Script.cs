namespace Connector.Conformance.Harness;

/// <summary>What the operator orders.</summary>
public enum Order
{
    Approve,
    Counter,
    Terminate,
    Start,
    Suspend,
    Complete,
}

/// <summary>One line of a script: once the process is in this state, give this order.</summary>
public readonly record struct Step(string State, Order Order);

/// <summary>The conformance suite's scripts: what the connector under test does next, by dataset or agreement and by its role.</summary>
public static class Script
{
    private static readonly Step s_offer = new("REQUESTED", Order.Counter);
    private static readonly Step s_agree = new("REQUESTED", Order.Approve);
    private static readonly Step s_finalize = new("VERIFIED", Order.Approve);
    private static readonly Step s_accept = new("OFFERED", Order.Approve);
    private static readonly Step s_verify = new("AGREED", Order.Approve);
    private static readonly Step s_start = new("REQUESTED", Order.Start);

    /// <summary>All scripts by key. A key without steps stays silent.</summary>
    public static IReadOnlyDictionary<string, Step[]> All { get; } = new Dictionary<string, Step[]>
    {
        // Negotiations, provider.
        ["ACN0101"] = [s_offer],
        ["ACN0102"] = [s_offer, new("REQUESTED", Order.Terminate)],
        ["ACN0103"] = [s_offer, new("ACCEPTED", Order.Approve), s_finalize],
        ["ACN0104"] = [s_agree, s_finalize],
        ["ACN0201"] = [new("REQUESTED", Order.Terminate)],
        ["ACN0202"] = [],
        ["ACN0203"] = [s_agree],
        ["ACN0204"] = [s_offer],
        ["ACN0205"] = [s_offer, new("OFFERED", Order.Terminate)],
        ["ACN0206"] = [s_offer, new("ACCEPTED", Order.Terminate)],
        ["ACN0207"] = [s_agree, new("VERIFIED", Order.Terminate)],
        ["ACN0301"] = [s_agree, s_finalize],
        ["ACN0302"] = [s_offer],
        ["ACN0303"] = [s_offer],
        ["ACN0304"] = [s_offer],

        // Negotiations, consumer.
        ["ACNC0101"] = [s_accept, s_verify],
        ["ACNC0102"] = [new("OFFERED", Order.Counter)],
        ["ACNC0103"] = [new("OFFERED", Order.Terminate)],
        ["ACNC0104"] = [s_verify],
        ["ACNC0201"] = [],
        ["ACNC0202"] = [new("REQUESTED", Order.Terminate)],
        ["ACNC0203"] = [new("AGREED", Order.Terminate)],
        ["ACNC0204"] = [],
        ["ACNC0205"] = [s_accept],
        ["ACNC0206"] = [s_verify],
        ["ACNC0301"] = [],
        ["ACNC0302"] = [],
        ["ACNC0303"] = [],
        ["ACNC0304"] = [s_accept],
        ["ACNC0305"] = [s_accept],
        ["ACNC0306"] = [s_accept],

        // Transfers, provider.
        ["ATP0101"] = [s_start, new("STARTED", Order.Terminate)],
        ["ATP0102"] = [s_start, new("STARTED", Order.Complete)],
        ["ATP0103"] = [s_start, new("STARTED", Order.Suspend), new("SUSPENDED", Order.Terminate)],
        ["ATP0104"] = [s_start, new("STARTED", Order.Suspend), new("SUSPENDED", Order.Start), new("STARTED", Order.Complete)],
        ["ATP0105"] = [new("REQUESTED", Order.Terminate)],
        ["ATP0201"] = [s_start],
        ["ATP0202"] = [s_start],
        ["ATP0203"] = [s_start],
        ["ATP0204"] = [s_start],
        ["ATP0205"] = [],
        ["ATP0301"] = [],
        ["ATP0302"] = [],
        ["ATP0303"] = [s_start],
        ["ATP0304"] = [s_start],
        ["ATP0305"] = [s_start],
        ["ATP0306"] = [s_start],

        // Transfers, consumer.
        ["ATPC0101"] = [],
        ["ATPC0102"] = [],
        ["ATPC0103"] = [],
        ["ATPC0104"] = [],
        ["ATPC0105"] = [],
        ["ATPC0201"] = [new("STARTED", Order.Terminate)],
        ["ATPC0202"] = [new("STARTED", Order.Complete)],
        ["ATPC0203"] = [new("STARTED", Order.Suspend), new("SUSPENDED", Order.Terminate)],
        ["ATPC0204"] = [new("STARTED", Order.Suspend), new("SUSPENDED", Order.Start), new("STARTED", Order.Complete)],
        ["ATPC0205"] = [new("REQUESTED", Order.Terminate)],
        ["ATPC0301"] = [],
        ["ATPC0302"] = [],
        ["ATPC0303"] = [],
        ["ATPC0304"] = [],
        ["ATPC0305"] = [],
        ["ATPC0306"] = [],
    };

    /// <summary>Datasets that the suite negotiates about with the connector as provider, or looks for in its catalog.</summary>
    public static IEnumerable<string> Datasets { get; } = [.. All.Keys.Where(k => k.StartsWith("ACN0", StringComparison.Ordinal)), "CAT0101", "CAT0102"];

    /// <summary>Agreements under which the suite asks the connector for data.</summary>
    public static IEnumerable<string> Provided { get; } = [.. All.Keys.Where(k => k.StartsWith("ATP0", StringComparison.Ordinal))];

    /// <summary>Agreements under which the connector asks the suite for data.</summary>
    public static IEnumerable<string> Consumed { get; } = [.. All.Keys.Where(k => k.StartsWith("ATPC", StringComparison.Ordinal))];
}
