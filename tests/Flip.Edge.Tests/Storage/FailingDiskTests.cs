using System.Net;
using System.Text.Json;
using Flip.Edge.Commissioning;
using Flip.Edge.Configuration;
using Flip.Edge.Storage;
using Flip.Edge.Tests.Support;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Time.Testing;

namespace Flip.Edge.Tests.Storage;

public sealed class FailingDiskTests : IDisposable
{
    private readonly TempDirectory _directory = new();
    private readonly FakeTimeProvider _time = new(new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero));

    [Fact]
    public void A_database_that_can_not_grow_is_reported_and_nothing_accepted_before_is_lost()
    {
        using Outbox outbox = new(_directory.Path, _time);
        outbox.Store.Request("local");
        CommissioningRecord before = outbox.Record;
        Task changed = outbox.Changes.Next;
        outbox.Database.Read(connection => connection.Scalar("PRAGMA max_page_count = 1"));

        string body = Homeowner.Body + new string(' ', 20_000);
        Assert.Throws<SqliteException>(() => outbox.Store.Freeze(PowerCutDirectory.Request(body)));

        Assert.True(changed.IsCompleted);
        Assert.Contains("the disk is full", outbox.Database.Health.Failure, StringComparison.Ordinal);
        Assert.Equal(_time.GetUtcNow(), outbox.Database.Health.FailingSince);
        Assert.Same(before, outbox.Record);

        outbox.Database.Read(connection => connection.Scalar("PRAGMA max_page_count = 1000"));
        outbox.Store.Freeze(PowerCutDirectory.Request(body));
        Assert.Equal(new StorageHealth(null, null, null), outbox.Database.Health);
        outbox.Restart();
        Assert.True(outbox.Record.IsInFlight);
    }

    [Fact]
    public void A_transaction_that_writes_nothing_does_not_prove_the_disk_and_a_look_does()
    {
        using Outbox outbox = new(_directory.Path, _time);
        outbox.Database.Read(connection => connection.Scalar("PRAGMA max_page_count = 1"));
        Assert.Throws<SqliteException>(() => outbox.Store.Freeze(PowerCutDirectory.Request(Homeowner.Body + new string(' ', 20_000))));
        outbox.Database.Read(connection => connection.Scalar("PRAGMA max_page_count = 1000"));

        outbox.Database.Write(_ => 0);
        Assert.True(outbox.Database.Health.IsFailing);

        Assert.True(outbox.Database.TryAgain());
        Assert.False(outbox.Database.Health.IsFailing);
    }

    [Fact]
    public void A_disk_that_fills_up_while_the_daemon_runs_keeps_what_was_accepted()
    {
        using TinyDisk disk = new();
        using Outbox outbox = new(disk.Path, _time);
        outbox.Store.Request("local");
        disk.Fill();

        Exception refused = Assert.ThrowsAny<Exception>(() => outbox.Store.Freeze(PowerCutDirectory.Request()));

        Assert.True(refused is SqliteException or StorageException, refused.ToString());
        Assert.Contains("the disk is full", outbox.Database.Health.Failure, StringComparison.Ordinal);
        Assert.False(outbox.Database.TryAgain());
        Assert.True(outbox.Record.IsRequested);

        disk.Free();
        Assert.True(outbox.Database.TryAgain());
        outbox.Restart();
        Assert.True(outbox.Record.IsRequested);
        Assert.Null(outbox.Database.Health.Recovered);
    }

    [Theory]
    [InlineData(true, "the disk is full")]
    [InlineData(false, "the file system is read-only")]
    public void A_disk_that_can_not_be_written_at_the_start_is_read_from_a_copy_until_it_can(bool isFull, string because)
    {
        using TinyDisk disk = new();
        PowerCutDirectory.Make(disk.Path, StoredPhase.Commissioned);
        if (isFull) disk.Fill();
        else disk.SetReadOnly(true);

        using Outbox outbox = new(disk.Path, _time);

        Assert.Equal(CommissioningState.Commissioned, outbox.Record.State);
        Assert.Equal(PowerCutDirectory.Enrollment, new EnrollmentStore(outbox.Database).Latest()!.State);
        Assert.Contains(because, outbox.Database.Health.Failure, StringComparison.Ordinal);
        StorageException refused = Assert.Throws<StorageException>(() => new EnrollmentStore(outbox.Database).AppendIfChanged(_time.GetUtcNow(), "{}"));
        Assert.Equal(outbox.Database.Health.Failure, refused.Message);

        if (isFull) disk.Free();
        else disk.SetReadOnly(false);
        // Not at each write: ten seconds after the last look.
        Assert.False(outbox.Database.TryAgain());
        _time.Advance(EdgeDatabase.RetryEvery);
        Assert.Equal(2, new EnrollmentStore(outbox.Database).AppendIfChanged(_time.GetUtcNow(), PowerCutDirectory.Enrollment + " "));
        Assert.False(outbox.Database.Health.IsFailing);
        outbox.Restart();
        Assert.Equal(2, new EnrollmentStore(outbox.Database).Latest()!.Version);
    }

    [Fact]
    public void The_copy_is_private_and_gone_after_the_stop()
    {
        using TinyDisk disk = new();
        PowerCutDirectory.Make(disk.Path, StoredPhase.Sending);
        disk.SetReadOnly(true);
        HashSet<string> before = [.. Directory.GetDirectories(Path.GetTempPath(), "flip-edge-copy-*")];

        string copy;
        using (Outbox outbox = new(disk.Path, _time))
        {
            copy = Directory.GetDirectories(Path.GetTempPath(), "flip-edge-copy-*").Single(
                directory => !before.Contains(directory) && Homeowner.In(directory).Count > 0);
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(copy));
        }

        Assert.False(Directory.Exists(copy));
    }

    [Fact]
    public void A_copy_that_somebody_tidied_away_does_not_keep_the_daemon_from_coming_back()
    {
        using TinyDisk disk = new();
        PowerCutDirectory.Make(disk.Path, StoredPhase.Sending);
        disk.SetReadOnly(true);
        HashSet<string> before = [.. Directory.GetDirectories(Path.GetTempPath(), "flip-edge-copy-*")];
        using Outbox outbox = new(disk.Path, _time);
        string copy = Directory.GetDirectories(Path.GetTempPath(), "flip-edge-copy-*").Single(
            directory => !before.Contains(directory) && Homeowner.In(directory).Count > 0);
        Directory.Delete(copy, recursive: true);
        disk.SetReadOnly(false);
        _time.Advance(EdgeDatabase.RetryEvery);

        Assert.True(outbox.Database.TryAgain());

        Assert.False(outbox.Database.Health.IsFailing);
    }

    [Fact]
    public void A_damaged_database_on_a_read_only_disk_is_put_aside_once_the_disk_can_be_written()
    {
        using TinyDisk disk = new();
        PowerCutDirectory.Make(disk.Path, StoredPhase.Requested);
        RawDatabase.Execute(Path.Combine(disk.Path, "flip-edge.db"), "UPDATE commissioning SET requested_by = 'nobody'");
        disk.SetReadOnly(true);

        using Outbox outbox = new(disk.Path, _time);
        Assert.True(outbox.Database.Health.IsFailing);
        Assert.True(outbox.Record.IsRequested);

        disk.SetReadOnly(false);
        _time.Advance(EdgeDatabase.RetryEvery);
        Assert.True(outbox.Database.TryAgain());
        Assert.Equal(Path.Combine(disk.Path, "flip-edge.db.damaged-1"), outbox.Database.Health.Recovered?.PutAside);
        Assert.Equal("local", outbox.Record.RequestedBy);
    }

    [Fact]
    public void A_directory_of_somebody_else_is_read_from_a_copy()
    {
        const UnixFileMode ReadByAll = UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
        PowerCutDirectory.Make(_directory.Path, StoredPhase.Requested);
        foreach (string file in Directory.GetFiles(_directory.Path)) File.SetUnixFileMode(file, ReadByAll);
        File.SetUnixFileMode(_directory.Path, ReadByAll | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
        try
        {
            using AnotherUser nobody = new();
            using Outbox outbox = new(_directory.Path, _time);

            Assert.True(outbox.Record.IsRequested);
            Assert.Contains("permission denied", outbox.Database.Health.Failure, StringComparison.Ordinal);
        }
        finally
        {
            File.SetUnixFileMode(_directory.Path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    [Fact]
    public async Task The_daemon_starts_on_a_read_only_disk_says_so_and_accepts_no_trigger()
    {
        using TinyDisk disk = new();
        disk.SetReadOnly(true);
        EdgeSettings settings = EdgeUnderTest.Settings(_directory, null);

        await using EdgeUnderTest edge = await EdgeUnderTest.StartAsync(settings with { Gateway = settings.Gateway with { DataDirectory = disk.Path } });
        JsonElement storage = (await edge.StatusAsync()).GetProperty("storage");
        using HttpResponseMessage pressed = await edge.PressAsync();

        Assert.Equal("failing", storage.GetProperty("state").GetString());
        Assert.Contains("read-only", storage.GetProperty("reason").GetString(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, pressed.StatusCode);
        Assert.Contains("read-only", await pressed.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    public void Dispose() => _directory.Dispose();
}
