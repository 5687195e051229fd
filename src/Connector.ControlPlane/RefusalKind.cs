namespace Connector.ControlPlane;

/// <summary>The classes of refusal. Bindings map each to a status: see <c>RefusalToStatus</c> and <c>RefusalToHttp</c>.</summary>
public enum RefusalKind
{
    /// <summary>The message itself is wrong: a field is missing, of the wrong type or out of bounds.</summary>
    Malformed,

    /// <summary>The caller did not prove who it is.</summary>
    Unauthenticated,

    /// <summary>The caller is known, and may not do this.</summary>
    Forbidden,

    /// <summary>No such object, or none that this caller may know of (DSP: never tell the two apart).</summary>
    NotFound,

    /// <summary>The message is not allowed in the present state of its process.</summary>
    InvalidTransition,

    /// <summary>A usage policy does not permit it.</summary>
    PolicyDenied,

    /// <summary>The agreement or transfer has ended, expired or been revoked.</summary>
    Ended,

    /// <summary>A bound was reached that waiting does not lift: size, space, rounds.</summary>
    Exhausted,

    /// <summary>The other side cannot be reached just now; trying again makes sense.</summary>
    Unavailable,

    /// <summary>A fault of our own; details are in the log, not in the answer.</summary>
    Internal,
}
