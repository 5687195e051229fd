using System.Collections.Immutable;
using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Connector.Storage;

/// <summary>Statements of one connection, each prepared once and used again; parameters are <c>$1</c>, <c>$2</c> … in order.</summary>
internal sealed class SqliteStatements(SqliteConnection connection) : IDisposable
{
    private readonly Dictionary<string, SqliteCommand> _prepared = new(StringComparer.Ordinal);

    /// <returns>The number of rows changed.</returns>
    public int Run(string sql, params ReadOnlySpan<object?> values) => Prepared(sql, values).ExecuteNonQuery();

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

    public long Number(string sql) => Convert.ToInt64(Prepared(sql, []).ExecuteScalar(), CultureInfo.InvariantCulture);

    /// <summary>The first row, made into an object; null when there is none.</summary>
    public T? First<T>(string sql, Func<SqliteDataReader, T> make, params ReadOnlySpan<object?> values)
    {
        using var row = Prepared(sql, values).ExecuteReader();
        return row.Read() ? make(row) : default;
    }

    /// <summary>All rows, each made into an object.</summary>
    public ImmutableArray<T> All<T>(string sql, Func<SqliteDataReader, T> make, params ReadOnlySpan<object?> values)
    {
        using var row = Prepared(sql, values).ExecuteReader();
        var made = ImmutableArray.CreateBuilder<T>();
        while (row.Read())
        {
            made.Add(make(row));
        }

        return made.DrainToImmutable();
    }

    public void Dispose() => connection.Dispose();

    private SqliteCommand Prepared(string sql, ReadOnlySpan<object?> values)
    {
        if (!_prepared.TryGetValue(sql, out var command))
        {
            command = Prepare(sql, values.Length);
            _prepared.Add(sql, command);
        }

        for (var i = 0; i < values.Length; i++)
        {
            command.Parameters[i].Value = values[i] ?? DBNull.Value;
        }

        return command;
    }

    private SqliteCommand Prepare(string sql, int parameters)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        for (var i = 1; i <= parameters; i++)
        {
            command.Parameters.Add(new SqliteParameter { ParameterName = string.Create(CultureInfo.InvariantCulture, $"${i}") });
        }

        command.Prepare();
        return command;
    }
}
