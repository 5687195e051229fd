namespace Connector.Policies;

/// <summary>What is known of a duty that was done.</summary>
/// <param name="Duty">The duty's place, such as <c>permit[0].then[1]</c>; or an action, for every duty of that action.</param>
/// <param name="At">When it was done; null where only is known that it was done in time.</param>
public readonly record struct Fulfilment(string Duty, DateTimeOffset? At = null)
{
    public static implicit operator Fulfilment(string duty) => new(duty);
}
