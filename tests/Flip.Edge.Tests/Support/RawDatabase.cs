using Microsoft.Data.Sqlite;

namespace Flip.Edge.Tests.Support;

/// <summary>A file behind the daemon's back, as support or an attacker would open it.</summary>
internal static class RawDatabase
{
    public static void Execute(string file, string sql) => Scalar(file, sql);

    public static object? Scalar(string file, string sql)
    {
        using SqliteConnection connection = new($"Data Source={file};Pooling=False");
        connection.Open();
        return connection.Scalar(sql);
    }

    /// <summary>Runs all statements; the first column of the first row of the first that has one.</summary>
    public static object? Scalar(this SqliteConnection connection, string sql)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }
}
