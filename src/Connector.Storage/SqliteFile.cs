using Connector.ControlPlane.Stores;
using Microsoft.Data.Sqlite;

namespace Connector.Storage;

/// <summary>How connections to the database file are opened.</summary>
internal static class SqliteFile
{
    /// <summary>Seconds a connection waits for another's lock.</summary>
    private const int BusySeconds = 10;

    public static string ConnectionString(string path, bool readOnly) => new SqliteConnectionStringBuilder
    {
        DataSource = path,
        Mode = readOnly ? SqliteOpenMode.ReadOnly : SqliteOpenMode.ReadWriteCreate,
        Pooling = false,
        DefaultTimeout = BusySeconds,
    }.ToString();

    /// <summary>Opens the one connection that writes.</summary>
    /// <remarks>FULL: a commit that was acknowledged is on the disk, whatever happens to the machine next.</remarks>
    /// <exception cref="StoreException">It cannot be opened.</exception>
    public static SqliteConnection OpenWriter(string path) => Open(
        path,
        readOnly: false,
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA wal_autocheckpoint = 4000; PRAGMA cache_size = -8000;");

    /// <summary>Opens a connection that reads beside the writer, be it of this process or another.</summary>
    /// <exception cref="StoreException">It cannot be opened.</exception>
    public static SqliteConnection OpenReader(string path) => Open(path, readOnly: true, "PRAGMA query_only = ON;");

    private static SqliteConnection Open(string path, bool readOnly, string settings)
    {
        var connection = new SqliteConnection(ConnectionString(path, readOnly));
        try
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = settings;
            command.ExecuteNonQuery();
            return connection;
        }
        catch (SqliteException e)
        {
            connection.Dispose();
            throw SqliteFaults.Explain(path, e);
        }
    }
}
