namespace Flip.Edge.SystemTests.Support;

/// <summary>A real mosquitto on a loopback port, with a configuration of its own; it forgets everything when it ends.</summary>
internal sealed class Mosquitto : IAsyncDisposable
{
    private readonly TempFolder _folder = new();
    private RunningProcess? _broker;

    /// <summary>Where everybody is let in.</summary>
    public int Port { get; } = FreePort.Next();

    /// <summary>A second port, with <see cref="Guard"/>; nobody listens there without.</summary>
    public int GuardedPort { get; } = FreePort.Next();

    /// <summary>What mosquitto.conf(5) says of the guarded port.</summary>
    public string? Guard { get; set; }

    public string Story => _broker?.Story ?? "the broker does not run";

    public async Task StartAsync()
    {
        // As root it would become another user, who may not read the test's files.
        string guarded = Guard is null ? "" : $"listener {GuardedPort} 127.0.0.1\n{Guard}\n";
        string configuration = _folder.Write(
            "mosquitto.conf", $"user {Environment.UserName}\nper_listener_settings true\npersistence false\nlog_dest stderr\nlistener {Port} 127.0.0.1\nallow_anonymous true\n{guarded}");
        _broker = RunningProcess.Start(Part.Mosquitto, "-c", configuration);
        await _broker.WaitForAsync("running");
    }

    /// <summary>Ends the broker, and all that it retained.</summary>
    public async Task StopAsync()
    {
        if (_broker is not null) await _broker.DisposeAsync();
        _broker = null;
    }

    /// <summary>A password file with one user, made by mosquitto's own tool.</summary>
    public async Task<string> PasswordFileAsync(string user, string password)
    {
        string file = _folder["passwords"];
        await using RunningProcess made = RunningProcess.Start(Part.MosquittoPasswd, "-b", "-c", file, user, password);
        Assert.Equal(0, await made.ExitedAsync());
        return file;
    }

    /// <summary>Publishes one message as anybody.</summary>
    public async Task PublishAsync(string topic, string payload)
    {
        await using RunningProcess sent = RunningProcess.Start(Part.MosquittoPub, "-h", "127.0.0.1", "-p", $"{Port}", "-t", topic, "-m", payload, "-q", "1");
        Assert.Equal(0, await sent.ExitedAsync());
    }

    /// <summary>A subscriber to everything.</summary>
    public MosquittoSubscriber Subscribe() => new(Port);

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _folder.Dispose();
    }
}

/// <summary>A real <c>mosquitto_sub</c>: what it was told, in order, and whether the broker had it retained.</summary>
internal sealed class MosquittoSubscriber(int port) : IAsyncDisposable
{
    private readonly RunningProcess _subscriber = RunningProcess.Start(
        Part.MosquittoSub, "-h", "127.0.0.1", "-p", $"{port}", "-t", "#", "-q", "1", "-F", "%r %t %p");

    public string Story => _subscriber.Story;

    /// <summary>Retained, topic and payload of every message.</summary>
    public IEnumerable<(bool Retained, string Topic, string Payload)> Messages =>
        _subscriber.OutputLines.Select(line => line.Split(' ', 3)).Select(parts => (parts[0] == "1", parts[1], parts[2]));

    /// <summary>The newest message of a topic; null when there is none.</summary>
    public string? Newest(string topic) => Messages.LastOrDefault(message => message.Topic == topic).Payload;

    /// <summary>Waits until the newest message of a topic is as wanted.</summary>
    public async Task<string> ToldAsync(string topic, Func<string, bool> wanted)
    {
        string? last = null;
        return await Eventually.GetAsync(
            () => Task.FromResult((last = Newest(topic)) is not null && wanted(last) ? last : null), $"a message on {topic}", () => Story);
    }

    public ValueTask DisposeAsync() => _subscriber.DisposeAsync();
}
