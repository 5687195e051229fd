using System.Globalization;
using System.Reflection;
using Connector.ControlPlane.Stores;
using DbUp;
using DbUp.Engine.Output;
using Microsoft.Data.Sqlite;

namespace Connector.Storage;

/// <summary>Brings a database file to this program's form. A migration that was shipped is never changed; the next one follows it.</summary>
internal static class SqliteMigrations
{
    private static readonly Assembly s_ours = typeof(SqliteMigrations).Assembly;

    /// <summary>Makes the file, or adds what it lacks.</summary>
    /// <exception cref="StoreException">It cannot be opened or written, is no database of ours, or is newer than this program.</exception>
    public static void Apply(string path)
    {
        try
        {
            if (IsNew(path))
            {
                Create(path);
            }
            else
            {
                Check(path);
            }

            var result = DeployChanges.To
                .SqliteDatabase(SqliteFile.ConnectionString(path, readOnly: false))
                .WithScriptsEmbeddedInAssembly(s_ours, name => name.EndsWith(".sql", StringComparison.Ordinal))
                .WithTransactionPerScript()
                .LogTo(new NoOpUpgradeLog())
                .Build()
                .PerformUpgrade();
            if (!result.Successful)
            {
                throw SqliteFaults.Explain(path, result.Error);
            }
        }
        catch (Exception e) when (e is SqliteException or IOException or UnauthorizedAccessException)
        {
            throw SqliteFaults.Explain(path, e);
        }
    }

    /// <summary>Looks at an existing file without touching it.</summary>
    /// <exception cref="StoreException">It cannot be read, is no database of ours, or is newer than this program.</exception>
    public static void Check(string path)
    {
        try
        {
            using var connection = SqliteFile.OpenReader(path);
            var tables = Names(connection, "SELECT name FROM sqlite_master WHERE type = 'table'");
            if (tables.Count == 0)
            {
                return;
            }

            if (!tables.Contains("SchemaVersions"))
            {
                throw new StoreException($"{path} is a database of another program (it has a table '{tables.First()}'); name another file in store.sqlite");
            }

            var unknown = Names(connection, "SELECT ScriptName FROM SchemaVersions").Except(s_ours.GetManifestResourceNames()).Order(StringComparer.Ordinal).FirstOrDefault();
            if (unknown is not null)
            {
                throw new StoreException($"{path} was written by a newer connector (it has '{unknown}'); run that version, or restore an older backup");
            }
        }
        catch (SqliteException e)
        {
            throw SqliteFaults.Explain(path, e);
        }
    }

    private static bool IsNew(string path) => new FileInfo(path) is not { Exists: true, Length: > 0 };

    // Transfer tokens and contracts are nobody's business but the connector's.
    private static void Create(string path)
    {
        if (!OperatingSystem.IsWindows())
        {
            new FileStream(path, new FileStreamOptions
            {
                Mode = FileMode.OpenOrCreate,
                Access = FileAccess.Write,
                UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
            }).Dispose();
        }
    }

    private static HashSet<string> Names(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var names = new HashSet<string>(StringComparer.Ordinal);
        while (reader.Read())
        {
            names.Add(Convert.ToString(reader.GetValue(0), CultureInfo.InvariantCulture)!);
        }

        return names;
    }
}
