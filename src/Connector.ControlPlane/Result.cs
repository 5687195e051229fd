using System.Diagnostics.CodeAnalysis;

namespace Connector.ControlPlane;

/// <summary>Either a value or a <see cref="Refusal"/>; never both, never neither.</summary>
public readonly struct Result<T>
{
    private readonly T? _value;
    private readonly Refusal? _refusal;

    private Result(T? value, Refusal? refusal)
    {
        _value = value;
        _refusal = refusal;
    }

    /// <summary>The refusal, or null when there is a value.</summary>
    public Refusal? Refusal => _refusal;

    public bool Refused => _refusal is not null;

    /// <summary>The value.</summary>
    /// <exception cref="InvalidOperationException">It was refused.</exception>
    public T Value => _refusal is null ? _value! : throw new InvalidOperationException(_refusal.ToString());

    public bool Try([MaybeNullWhen(false)] out T value, [NotNullWhen(false)] out Refusal? refusal)
    {
        value = _value;
        refusal = _refusal;
        return refusal is null;
    }

    public static implicit operator Result<T>(T value) => new(value, null);

    public static implicit operator Result<T>(Refusal refusal) => new(default, refusal);
}

/// <summary>What a command answers that has nothing to say but "done".</summary>
public readonly record struct Done;
