using Microsoft.Data.Sqlite;

namespace Connector.Storage.Tests;

/// <summary>A database as an older connector left it: made by the first migrations alone.</summary>
internal static class OldForm
{
    private static readonly string[] s_tables = ["negotiation", "agreement", "transfer", "effect"];

    /// <summary>Writes what is in a database of today into one of an older form.</summary>
    /// <param name="scripts">How many migrations that connector had.</param>
    public static void Write(string from, string to, int scripts)
    {
        using var connection = new SqliteConnection($"Data Source={to};Pooling=False");
        connection.Open();
        var assembly = typeof(SqliteStore).Assembly;
        foreach (var name in assembly.GetManifestResourceNames().Order(StringComparer.Ordinal).Take(scripts))
        {
            using var script = new StreamReader(assembly.GetManifestResourceStream(name)!);
            Run(connection, script.ReadToEnd());
        }

        Run(connection, $"ATTACH '{from}' AS today");
        Run(connection, One(connection, "SELECT sql FROM today.sqlite_master WHERE name = 'SchemaVersions'"));
        Run(connection, $"INSERT INTO main.SchemaVersions SELECT * FROM today.SchemaVersions ORDER BY SchemaVersionID LIMIT {scripts}");
        foreach (var table in s_tables)
        {
            var columns = One(connection, $"SELECT group_concat(name) FROM pragma_table_info('{table}', 'main')");
            Run(connection, $"INSERT INTO main.{table} ({columns}) SELECT {columns} FROM today.{table}");
        }
    }

    private static void Run(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private static string One(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return (string)command.ExecuteScalar()!;
    }
}
