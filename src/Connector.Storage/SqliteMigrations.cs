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
    /// <param name="rewriting">Told before a file that is there is changed.</param>
    /// <exception cref="StoreException">It cannot be opened or written, is no database of ours, or is newer than this program.</exception>
    public static void Apply(string path, Action? rewriting)
    {
        try
        {
            if (IsNew(path))
            {
                Create(path);
            }
            else if (Check(path))
            {
                return;
            }
            else
            {
                rewriting?.Invoke();
            }

            Deploy(path);
        }
        catch (Exception e) when (e is SqliteException or IOException or UnauthorizedAccessException)
        {
            throw SqliteFaults.Explain(path, e);
        }
    }

    // Apart, so that the library is not even loaded where nothing is to be done, which is at nearly every start.
    private static void Deploy(string path)
    {
        var result = DeployChanges.To
            .SqliteDatabase(SqliteFile.ConnectionString(path, readOnly: false))
            .WithScriptsEmbeddedInAssembly(s_ours, IsScript)
            .WithTransactionPerScript()
            .LogTo(new NoOpUpgradeLog())
            .Build()
            .PerformUpgrade();
        if (!result.Successful)
        {
            throw SqliteFaults.Explain(path, result.Error);
        }
    }

    /// <summary>Looks at an existing file without touching it.</summary>
    /// <returns>Whether it has this program's form already.</returns>
    /// <exception cref="StoreException">It cannot be read, is no database of ours, or is newer than this program.</exception>
    public static bool Check(string path)
    {
        try
        {
            using var connection = SqliteFile.OpenReader(path);
            var tables = Names(connection, "SELECT name FROM sqlite_master WHERE type = 'table'");
            if (tables.Count == 0)
            {
                return false;
            }

            if (!tables.Contains("SchemaVersions"))
            {
                throw new StoreException($"{path} is a database of another program (it has a table '{tables.First()}'); name another file in store.sqlite");
            }

            var run = Names(connection, "SELECT ScriptName FROM SchemaVersions");
            var scripts = s_ours.GetManifestResourceNames().Where(IsScript).ToList();
            if (run.Except(scripts).Order(StringComparer.Ordinal).FirstOrDefault() is { } unknown)
            {
                throw new StoreException($"{path} was written by a newer connector (it has '{unknown}'); run that version, or restore an older backup");
            }

            return run.IsSupersetOf(scripts);
        }
        catch (SqliteException e)
        {
            throw SqliteFaults.Explain(path, e);
        }
    }

    private static bool IsScript(string resource) => resource.EndsWith(".sql", StringComparison.Ordinal);

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
