using Flip.Edge.Commissioning;
using Flip.Edge.Storage;
using Microsoft.Extensions.Time.Testing;

namespace Flip.Edge.Tests.Support;

/// <summary>A store over a real SQLite file, which can be closed and opened again as by a restart.</summary>
internal sealed class Outbox : IDisposable
{
    private readonly string _file;

    public Outbox(string directory, FakeTimeProvider time)
    {
        _file = Path.Combine(directory, "flip-edge.db");
        Time = time;
        Database = EdgeDatabase.Open(_file, time, Changes);
        Store = new(Database, time, Changes);
    }

    public FakeTimeProvider Time { get; }

    public EdgeDatabase Database { get; private set; }

    public CommissioningStore Store { get; private set; }

    public ChangeSignal Changes { get; } = new();

    public CommissioningRecord Record => Store.Current;

    public static FrozenRequest Request(string key = "key-1", string body = """{"site":{"id":"abc-789","first_name":"John"}}""") => new(
        key, System.Text.Encoding.UTF8.GetBytes(body), "digest", "settings", "abc-789", [new("xyz-123", "123456789", 15_000, 6000, 7500)]);

    public void Freeze(string key = "key-1")
    {
        Store.Request("local");
        Store.Freeze(Request(key));
    }

    public void Restart()
    {
        Database.Dispose();
        Database = EdgeDatabase.Open(_file, Time, Changes);
        Store = new(Database, Time, Changes);
    }

    public void Dispose() => Database.Dispose();
}
