using System.Net.Sockets;
using System.Text.Json;
using Flip.Edge.Configuration;
using Flip.Edge.Simulator.Cloud;
using Flip.Edge.Simulator.Devices;
using Flip.Edge.Storage;
using Microsoft.Extensions.Hosting;

namespace Flip.Edge.Tests.Support;

/// <summary>The whole daemon in this process: real SQLite file, real sockets, and real time unless a test gives another.</summary>
internal sealed class EdgeUnderTest : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private readonly EdgeDatabase _database;
    private readonly IHost _app;

    private EdgeUnderTest(EdgeDatabase database, IHost app, HttpClient http) => (_database, _app, Http) = (database, app, http);

    /// <summary>Over the Unix socket.</summary>
    public HttpClient Http { get; }

    /// <summary>What a reload reads.</summary>
    public SettingsResult Configuration { get; set; } = new(null, []);

    public IServiceProvider Services => _app.Services;

    public static async Task<EdgeUnderTest> StartAsync(EdgeSettings settings, TimeProvider? time = null)
    {
        time ??= TimeProvider.System;
        EdgeDatabase database = EdgeDatabase.Open(settings.Gateway.DatabaseFile, time, new());
        Flip.Edge.Local.LocalHosting.PrepareSocket(settings.Local);
        EdgeUnderTest? edge = null;
        IHost app = EdgeHost.Build(settings, () => edge!.Configuration, database, time);
        await app.StartAsync(TestContext.Current.CancellationToken);
        HttpClient http = new(new SocketsHttpHandler
        {
            // As each command has a connection of its own; a kept one can be the oldest, which goes for one too many (SlowClientTests).
            PooledConnectionLifetime = TimeSpan.Zero,
            ConnectCallback = async (_, cancellationToken) =>
            {
                Socket socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                await socket.ConnectAsync(new UnixDomainSocketEndPoint(settings.Local.Socket), cancellationToken);
                return new NetworkStream(socket, ownsSocket: true);
            },
        })
        { BaseAddress = new("http://localhost") };
        return edge = new(database, app, http) { Configuration = new(settings, []) };
    }

    /// <summary>Settings for a mock cloud and simulated devices, with a token that the cloud accepts.</summary>
    public static EdgeSettings Settings(TempDirectory directory, MockFlipCloud? cloud, params HostedDevice[] devices)
    {
        directory.Write("token", new MockFlipCloudOptions().ClientToken);
        EdgeSettings settings = Support.Settings.For(directory.Path);
        return settings with
        {
            Flip = settings.Flip with { BaseUrl = cloud?.BaseUrl ?? settings.Flip.BaseUrl },
            Devices = [.. devices.Select((device, index) => Support.Settings.Device($"xyz-{123 + index}", device.Endpoint.ToString()))],
            Commissioning = settings.Commissioning with { Retry = new(TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(1)) },
        };
    }

    public Task<HttpResponseMessage> PressAsync() => PostAsync("/api/v1/commission");

    public async Task<HttpResponseMessage> PostAsync(string path, string? json = null)
    {
        using StringContent? body = json is null ? null : new(json, System.Text.Encoding.UTF8, "application/json");
        return await Http.PostAsync(new Uri(path, UriKind.Relative), body, TestContext.Current.CancellationToken);
    }

    public async Task<JsonElement> StatusAsync()
    {
        using JsonDocument document = JsonDocument.Parse(await Http.GetStringAsync(new Uri("/api/v1/status", UriKind.Relative), TestContext.Current.CancellationToken));
        return document.RootElement.Clone();
    }

    /// <summary>Waits until the commissioning is in a state, for a reason if one is named.</summary>
    public Task<JsonElement> UntilAsync(string state, string? reasonCode = null) => UntilAsync($"{state} {reasonCode}", status =>
        status.GetProperty("commissioning").GetProperty("state").GetString() == state
        && (reasonCode is null || status.GetProperty("commissioning").GetProperty("reason_code").GetString() == reasonCode));

    /// <summary>Waits until the status is as it should be.</summary>
    public async Task<JsonElement> UntilAsync(string what, Func<JsonElement, bool> isSo)
    {
        long began = TimeProvider.System.GetTimestamp();
        while (true)
        {
            JsonElement status = await StatusAsync();
            if (isSo(status)) return status;
            Assert.True(TimeProvider.System.GetElapsedTime(began) < Patience, $"{what} did not come: {status}");
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, TestContext.Current.CancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app.StopAsync(CancellationToken.None);
        _app.Dispose();
        _database.Dispose();
    }
}
