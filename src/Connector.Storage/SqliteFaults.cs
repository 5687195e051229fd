using Connector.ControlPlane.Stores;
using Microsoft.Data.Sqlite;

namespace Connector.Storage;

/// <summary>What an error of the database means for the operator, and what to do about it.</summary>
internal static class SqliteFaults
{
    private const int UniqueTaken = 2067;
    private const int PrimaryKeyTaken = 1555;

    /// <summary>Whether somebody else has the key already; any other violated constraint is a fault.</summary>
    public static bool IsTaken(SqliteException e) => e.SqliteExtendedErrorCode is UniqueTaken or PrimaryKeyTaken;

    public static StoreException Explain(string path, Exception e) => new(e switch
    {
        SqliteException sqlite => Explain(path, sqlite),
        UnauthorizedAccessException => Unwritable(path),
        _ => $"{path}: {e.Message}; check the disk and the folder",
    }, e);

    private static string Explain(string path, SqliteException e) => e.SqliteErrorCode switch
    {
        5 or 6 => $"{path} is locked by another process; stop the program that holds it",
        8 => Unwritable(path),
        10 => $"{path}: input or output failed ({e.Message}); check the disk and its quota; what was acknowledged is kept",
        11 => $"{path} is damaged ({e.Message}); restore it from a backup",
        13 => $"{path}: the disk is full; free some space; what was acknowledged is kept",
        14 => $"{path} cannot be opened; check that the folder exists and that the connector's user may read and write it",
        19 => $"{path} was changed by another program ({e.Message}); run connector audit verify, and restore it from a backup",
        26 => $"{path} is not a SQLite database; name another file in store.sqlite",
        _ => $"{path}: {e.Message}; restore it from a backup if this lasts",
    };

    private static string Unwritable(string path) => $"{path} cannot be written; give the connector's user write access to the file and its folder";
}
