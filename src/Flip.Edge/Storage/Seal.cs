using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Flip.Edge.Storage;

/// <summary>
/// Digests of the rows that matter, in a table of their own. SQLite's integrity check proves that the pages hang together, and not that
/// a value is the one that was written (sqlite.org/pragma.html#pragma_integrity_check): one flipped bit in a page is another serial number.
/// </summary>
internal static class Seal
{
    // Whole rows with their column names, so that a later migration needs no change here; it seals anew after its own changes.
    private static readonly (string Subject, string Sql)[] Subjects =
    [
        ("schema", "SELECT type, name, tbl_name, sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY name"),
        ("commissioning", "SELECT * FROM commissioning ORDER BY id"),
        ("outbox", "SELECT * FROM outbox ORDER BY sequence DESC LIMIT 1"),
        ("sequence", "SELECT * FROM sqlite_sequence ORDER BY name"),
        ("mirror", "SELECT * FROM mirror"),
        ("site_data", "SELECT * FROM site_data"),
        ("enrollment_check", "SELECT * FROM enrollment_check"),
    ];

    /// <summary>Seals what changed, inside the transaction that changed it. What did not change is not written.</summary>
    public static void Renew(SqliteConnection connection)
    {
        foreach ((string subject, string sql) in Subjects) Put(connection, subject, 0, Digest(connection, sql, 0));
        connection.Execute("DELETE FROM seal WHERE subject = 'enrollment' AND id NOT IN (SELECT version FROM enrollment)");
        foreach (long version in Versions(connection, "SELECT version FROM enrollment EXCEPT SELECT id FROM seal WHERE subject = 'enrollment'"))
        {
            Put(connection, "enrollment", version, Enrollment(connection, version));
        }
    }

    /// <summary>Compares every seal with what it seals.</summary>
    /// <exception cref="DamagedDatabaseException">One does not fit, or is missing.</exception>
    /// <exception cref="SqliteException">The tables are not there or can't be read.</exception>
    public static void Check(SqliteConnection connection)
    {
        foreach ((string subject, string sql) in Subjects) Compare(connection, subject, 0, Digest(connection, sql, 0));
        if (Versions(connection, "SELECT id FROM seal WHERE subject = 'enrollment' EXCEPT SELECT version FROM enrollment").Count > 0)
        {
            throw new DamagedDatabaseException("an enrollment state is missing");
        }

        foreach (long version in Versions(connection, "SELECT version FROM enrollment")) Compare(connection, "enrollment", version, Enrollment(connection, version));
    }

    private static List<long> Versions(SqliteConnection connection, string sql)
    {
        List<long> versions = [];
        using SqliteCommand command = connection.CreateCommand();
#pragma warning disable CA2100 // One of the constants above.
        command.CommandText = sql;
#pragma warning restore CA2100
        using SqliteDataReader reader = command.ExecuteReader();
        while (reader.Read()) versions.Add(reader.GetInt64(0));
        return versions;
    }

    private static string Enrollment(SqliteConnection connection, long version) =>
        Digest(connection, "SELECT * FROM enrollment WHERE version = $id", version);

    private static void Put(SqliteConnection connection, string subject, long id, string digest) => connection.Execute(
        """
        INSERT INTO seal (subject, id, sha256) VALUES (@subject, @id, @digest)
        ON CONFLICT (subject, id) DO UPDATE SET sha256 = excluded.sha256 WHERE sha256 <> excluded.sha256
        """,
        new { subject, id, digest });

    private static void Compare(SqliteConnection connection, string subject, long id, string digest)
    {
        string? kept = connection.ExecuteScalar<string>("SELECT sha256 FROM seal WHERE subject = @subject AND id = @id", new { subject, id });
        if (kept != digest) throw new DamagedDatabaseException($"the content of table {subject} is not what was written");
    }

    // Each value with its type and its length, so that no two rows look alike.
    private static string Digest(SqliteConnection connection, string sql, long id)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using SqliteCommand command = connection.CreateCommand();
#pragma warning disable CA2100 // One of the constants above.
        command.CommandText = sql;
#pragma warning restore CA2100
        if (id != 0) command.Parameters.AddWithValue("$id", id);
        using SqliteDataReader reader = command.ExecuteReader();
        while (reader.Read())
        {
            for (int column = 0; column < reader.FieldCount; column++)
            {
                Add(hash, 'n', Encoding.UTF8.GetBytes(reader.GetName(column)));
                Add(hash, reader.GetValue(column));
            }
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static void Add(IncrementalHash hash, object value)
    {
        byte[] number = new byte[sizeof(long)];
        switch (value)
        {
            case long integer:
                BinaryPrimitives.WriteInt64LittleEndian(number, integer);
                Add(hash, 'i', number);
                break;
            case double real:
                BinaryPrimitives.WriteDoubleLittleEndian(number, real);
                Add(hash, 'r', number);
                break;
            case string text:
                Add(hash, 't', Encoding.UTF8.GetBytes(text));
                break;
            case byte[] blob:
                Add(hash, 'b', blob);
                break;
            default:
                Add(hash, '0', []);
                break;
        }
    }

    private static void Add(IncrementalHash hash, char type, ReadOnlySpan<byte> bytes)
    {
        Span<byte> head = stackalloc byte[1 + sizeof(int)];
        head[0] = (byte)type;
        BinaryPrimitives.WriteInt32LittleEndian(head[1..], bytes.Length);
        hash.AppendData(head);
        hash.AppendData(bytes);
    }
}
