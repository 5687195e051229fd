using System.Collections.Immutable;
using Connector.ControlPlane;
using Connector.ControlPlane.Negotiations;
using Connector.ControlPlane.Publications;

namespace Connector.Simulation.Tests;

/// <summary>Two companies, a bad network between them, and operators who do this and that: all decided by one seed.</summary>
internal sealed class World
{
    /// <summary>The duty that comes first, as it stands in terms.</summary>
    public const string Consent = ""","duty":[{"action":"http://www.w3.org/ns/odrl/2/obtainConsent"}]""";

    public const string Wanted = """{"permission":[{"action":"use"}]}""";
    private const string ProviderId = "did:web:provider.example";
    private const string ConsumerId = "did:web:consumer.example";
    private const int StepLimit = 200_000;

    private static readonly string[] s_offers = ["auto", "manual", "stepwise"];

    public World(int seed, Faults faults)
    {
        Random = new Random(seed);
        Faults = faults;
        Provider = new Node(this, ProviderId, ConsumerId, Offers(), () => Consumer!);
        Consumer = new Node(this, ConsumerId, ProviderId, [], () => Provider);
    }

    public Random Random { get; }

    public Faults Faults { get; private set; }

    public Schedule Schedule { get; } = new();

    public CountedIds Ids { get; } = new();

    public Node Provider { get; }

    public Node Consumer { get; }

    public bool Chance(int outOf1000) => outOf1000 > 0 && Random.Next(1000) < outOf1000;

    public TimeSpan Delay() => TimeSpan.FromMilliseconds(Random.Next(1, 200));

    /// <summary>A minute of trouble, then an hour of calm in which the operators bring everything to an end.</summary>
    /// <returns>What is wrong at the end; empty when nothing is.</returns>
    public ImmutableArray<string> Run()
    {
        for (var i = Random.Next(1, 4); i > 0; i--)
        {
            Schedule.After(Delay() * 5, Begin);
        }

        for (var i = Random.Next(0, 12); i > 0; i--)
        {
            Schedule.After(TimeSpan.FromSeconds(60 * Random.NextDouble()), () => Operators.DoSomething(this, Chance(500) ? Provider : Consumer));
        }

        Schedule.After(TimeSpan.FromSeconds(60), () => Faults = Faults.None with { Planted = Faults.Planted, ApplyTwice = Faults.ApplyTwice });
        for (var minute = 2; minute < 20; minute++)
        {
            Schedule.After(TimeSpan.FromMinutes(minute), () => Operators.BringToAnEnd(this));
        }

        while (Schedule.Step())
        {
            if (Schedule.Steps > StepLimit)
            {
                return ["it never comes to rest"];
            }
        }

        return Judge.Check(Provider, Consumer);
    }

    private void Begin()
    {
        var offer = s_offers[Random.Next(s_offers.Length)];
        var acceptance = (Acceptance)Random.Next(3);
        if (Chance(250))
        {
            Operators.Order(Provider, life => life.Negotiations.OfferAsync(new OfferNegotiation(ConsumerId, $"urn:offer:{offer}", "urn:dataset:d", acceptance, Binding.Grpc), CancellationToken.None));
        }
        else
        {
            var policy = Chance(500) ? Wanted : Terms(offer).Policy;
            Operators.Order(Consumer, life => life.Negotiations.StartAsync(
                new StartNegotiation(ProviderId, $"urn:offer:{offer}", "urn:dataset:d", policy, ["pcf-calculation"], acceptance, Binding.Grpc), CancellationToken.None));
        }
    }

    // One of the offers wants something done before data flows.
    private static Terms Terms(string offer) => new($"urn:offer:{offer}", "urn:dataset:d",
        """{"permission":[{"action":"use","constraint":[{"leftOperand":"http://www.w3.org/ns/odrl/2/dateTime","operator":"lt","rightOperand":{"@value":"2029-04-01T00:00:00+09:00","@type":"http://www.w3.org/2001/XMLSchema#dateTime"}}]""" + (offer == "auto" ? Consent : "") + "}]}");

    private ImmutableArray<OfferedDataset> Offers()
    {
        var dataset = new Dataset("d", "urn:dataset:d", ImmutableSortedDictionary<string, string>.Empty, null, null, new DataSource("file", "/d"));
        var book = new PolicyBook(new Library(), Schedule);
        return
        [
            .. s_offers.Select((name, i) =>
            {
                var terms = Terms(name);
                return book.TryGet(terms.Policy, out var policy, out var fault)
                    ? new OfferedDataset(new Offer(name, terms.OfferId, ["d"], null, "p", (Acceptance)i), dataset, terms, policy, null)
                    : throw new InvalidOperationException(fault);
            }),
        ];
    }
}
