namespace Connector.ControlPlane.Effects;

/// <summary>Takes effects that have just been committed, to be performed at once.</summary>
public interface IEffectQueue
{
    /// <summary>Never blocks. Effects of one subject are performed in the order in which they are given.</summary>
    void Enqueue(Effect effect);
}
