namespace Connector.Policies;

/// <summary>
/// How many constraints came out how. A permission is refused by what is not known and waits for nothing; a prohibition of which a part
/// is decided only later does not strike yet, and strikes by what is not known.
/// </summary>
internal struct Tally
{
    private int _satisfied;
    private int _unsatisfied;
    private int _later;
    private int _unknown;

    public void Add(Outcome outcome)
    {
        switch (outcome)
        {
            case Outcome.Satisfied:
                _satisfied++;
                break;
            case Outcome.Unsatisfied:
                _unsatisfied++;
                break;
            case Outcome.NotEnforcedHere:
                _later++;
                break;
            default:
                _unknown++;
                break;
        }
    }

    public readonly Outcome And(bool forbids) => _unsatisfied > 0 ? Outcome.Unsatisfied : Open(forbids) ?? Outcome.Satisfied;

    public readonly Outcome Or(bool forbids) =>
        _satisfied > 0 ? Outcome.Satisfied
        : Open(!forbids) ?? Outcome.Unsatisfied;

    public readonly Outcome Xone(bool forbids) =>
        _satisfied > 1 ? Outcome.Unsatisfied
        : Open(forbids) ?? (_satisfied == 1 ? Outcome.Satisfied : Outcome.Unsatisfied);

    // What is left open by parts that are not decided: which kind of openness weighs more.
    private readonly Outcome? Open(bool laterFirst) => (_later, _unknown) switch
    {
        (0, 0) => null,
        (0, _) => Outcome.NotKnown,
        (_, 0) => Outcome.NotEnforcedHere,
        _ => laterFirst ? Outcome.NotEnforcedHere : Outcome.NotKnown,
    };
}
