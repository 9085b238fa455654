namespace Flip.Edge.SystemTests.Support;

/// <summary>A real mosquitto on a loopback port, with a configuration of its own; it forgets everything when it ends.</summary>
internal sealed class Mosquitto : IAsyncDisposable
{
    private readonly TempFolder _folder = new();
    private RunningProcess? _broker;

    public int Port { get; } = FreePort.Next();

    public async Task StartAsync()
    {
        string configuration = _folder.Write("mosquitto.conf", $"listener {Port} 127.0.0.1\nallow_anonymous true\npersistence false\nlog_dest stderr\n");
        _broker = RunningProcess.Start(Part.Mosquitto, "-c", configuration);
        await _broker.WaitForAsync("running");
    }

    /// <summary>Ends the broker, and all that it retained.</summary>
    public async Task StopAsync()
    {
        if (_broker is not null) await _broker.DisposeAsync();
        _broker = null;
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
