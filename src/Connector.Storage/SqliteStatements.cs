using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Connector.Storage;

/// <summary>Statements of one connection, each prepared once and used again; parameters are <c>$1</c>, <c>$2</c> … in order.</summary>
internal sealed class SqliteStatements(SqliteConnection connection)
{
    private readonly Dictionary<string, SqliteCommand> _prepared = new(StringComparer.Ordinal);

    /// <returns>The number of rows changed.</returns>
    public int Run(string sql, params ReadOnlySpan<object?> values)
    {
        var command = Prepared(sql, values.Length);
        for (var i = 0; i < values.Length; i++)
        {
            command.Parameters[i].Value = values[i] ?? DBNull.Value;
        }

        return command.ExecuteNonQuery();
    }

    /// <summary>As <see cref="Run"/>, for what may rightly fail: a rollback when SQLite has rolled back already.</summary>
    public void TryRun(string sql)
    {
        try
        {
            Run(sql);
        }
        catch (SqliteException)
        {
        }
    }

    public long Number(string sql) => Convert.ToInt64(Prepared(sql, 0).ExecuteScalar(), CultureInfo.InvariantCulture);

    public SqliteDataReader Read(string sql) => Prepared(sql, 0).ExecuteReader();

    private SqliteCommand Prepared(string sql, int parameters)
    {
        if (_prepared.TryGetValue(sql, out var command))
        {
            return command;
        }

        command = connection.CreateCommand();
        command.CommandText = sql;
        for (var i = 1; i <= parameters; i++)
        {
            command.Parameters.Add(new SqliteParameter { ParameterName = string.Create(CultureInfo.InvariantCulture, $"${i}") });
        }

        command.Prepare();
        _prepared.Add(sql, command);
        return command;
    }
}
