namespace Connector.Storage;

/// <summary>What became of a change in an open transaction.</summary>
internal enum Applied
{
    /// <summary>All of it is written.</summary>
    Whole,

    /// <summary>Another change came first; nothing of it is written.</summary>
    Conflict,

    /// <summary>Another change came first, and some of it is written: the transaction must not be committed.</summary>
    HalfWritten,
}
