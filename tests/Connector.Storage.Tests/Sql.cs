using Microsoft.Data.Sqlite;

namespace Connector.Storage.Tests;

/// <summary>What somebody with a database tool can do to the file.</summary>
internal static class Sql
{
    /// <returns>The number of rows changed.</returns>
    public static int Run(string path, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={path};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteNonQuery();
    }
}
