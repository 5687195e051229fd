using System.Globalization;
using DbUp;
using DbUp.Engine;
using DbUp.Engine.Output;
using Microsoft.Data.Sqlite;

namespace Connector.Storage;

/// <summary>The database file: opened, brought to this program's form, and told how to keep what it is given.</summary>
internal static class SqliteFile
{
    /// <summary>Seconds a connection waits for another process's lock.</summary>
    private const int BusySeconds = 10;

    public static string ConnectionString(string path, bool readOnly) => new SqliteConnectionStringBuilder
    {
        DataSource = path,
        Mode = readOnly ? SqliteOpenMode.ReadOnly : SqliteOpenMode.ReadWriteCreate,
        Pooling = false,
        DefaultTimeout = BusySeconds,
    }.ToString();

    /// <summary>Makes or migrates the file.</summary>
    /// <exception cref="StoreException">It cannot be opened, is no database of ours, or is newer than this program.</exception>
    public static void Prepare(string path)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            Protect(path);
            using (var connection = Open(path, readOnly: false))
            {
                Refuse(NewerThanUs(connection), path);
            }

            var result = Upgrader(path).PerformUpgrade();
            if (!result.Successful)
            {
                throw result.Error;
            }
        }
        catch (Exception e) when (e is SqliteException or IOException or UnauthorizedAccessException)
        {
            throw Explain(path, e);
        }
    }

    public static SqliteConnection Open(string path, bool readOnly)
    {
        try
        {
            var connection = new SqliteConnection(ConnectionString(path, readOnly));
            connection.Open();
            using var command = connection.CreateCommand();

            // FULL: a commit that was acknowledged is on the disk, whatever happens to the machine next.
            command.CommandText = readOnly
                ? "PRAGMA query_only = ON;"
                : "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA wal_autocheckpoint = 4000; PRAGMA cache_size = -8000;";
            command.ExecuteNonQuery();
            return connection;
        }
        catch (SqliteException e)
        {
            throw Explain(path, e);
        }
    }

    /// <summary>What a database error means for the operator.</summary>
    public static StoreException Explain(string path, Exception e) => new((e as SqliteException)?.SqliteErrorCode switch
    {
        5 or 6 => $"{path} is locked by another process; stop the other connector that uses it",
        8 => $"{path} cannot be written; give the connector's user write access to the file and its folder",
        10 => $"{path}: input/output error ({e.Message}); check the disk",
        11 => $"{path} is damaged ({e.Message}); restore it from a backup",
        13 => $"{path}: the disk is full; free space, nothing that was acknowledged is lost",
        14 => $"{path} cannot be opened; check that the folder exists and that the connector's user may read and write it",
        26 => $"{path} is not a SQLite database; name another file in store.sqlite",
        _ => $"{path}: {e.Message}",
    }, e);

    private static UpgradeEngine Upgrader(string path) => DeployChanges.To
        .SqliteDatabase(ConnectionString(path, readOnly: false))
        .WithScriptsEmbeddedInAssembly(typeof(SqliteFile).Assembly, name => name.EndsWith(".sql", StringComparison.Ordinal))
        .WithTransactionPerScript()
        .LogTo(new NoOpUpgradeLog())
        .Build();

    private static IEnumerable<string> NewerThanUs(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT count(*) FROM sqlite_master WHERE name = 'SchemaVersions'";
        if (Convert.ToInt64(command.ExecuteScalar(), CultureInfo.InvariantCulture) == 0)
        {
            yield break;
        }

        var ours = typeof(SqliteFile).Assembly.GetManifestResourceNames().ToHashSet(StringComparer.Ordinal);
        command.CommandText = "SELECT ScriptName FROM SchemaVersions";
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            if (!ours.Contains(reader.GetString(0)))
            {
                yield return reader.GetString(0);
            }
        }
    }

    private static void Refuse(IEnumerable<string> unknown, string path)
    {
        if (unknown.FirstOrDefault() is { } migration)
        {
            throw new StoreException($"{path} was written by a newer connector (it has '{migration}'); run that version, or restore an older backup");
        }
    }

    // Transfer tokens and contracts are nobody's business but the connector's.
    private static void Protect(string path)
    {
        if (!File.Exists(path) && !OperatingSystem.IsWindows())
        {
            using var file = new FileStream(path, new FileStreamOptions
            {
                Mode = FileMode.OpenOrCreate,
                Access = FileAccess.Write,
                UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
            });
        }
    }
}
