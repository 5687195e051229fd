using System.Diagnostics;
using Microsoft.Data.Sqlite;

namespace Connector.Benchmarks;

/// <summary>The yardstick of the store: rows of 1 kB, a durable commit each, one after the other.</summary>
internal static class BareCommits
{
    public static string Run(string file, int count)
    {
        using var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        connection.Open();
        Execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; CREATE TABLE rows (id INTEGER PRIMARY KEY, body BLOB)");
        using var insert = connection.CreateCommand();
        insert.CommandText = "INSERT INTO rows (body) VALUES (zeroblob(1000))";
        insert.Prepare();
        var (own, since) = (Environment.CpuUsage.TotalTime, Stopwatch.GetTimestamp());
        for (var i = 0; i < count; i++)
        {
            insert.ExecuteNonQuery();
        }

        var seconds = Stopwatch.GetElapsedTime(since).TotalSeconds;
        return $"bare SQLite commits, durable: {count / seconds:0}/s; CPU of each {(Environment.CpuUsage.TotalTime - own).TotalMilliseconds / count:0.000} ms";

        void Execute(string sql)
        {
            using var command = connection.CreateCommand();
            command.CommandText = sql;
            command.ExecuteNonQuery();
        }
    }
}
