using System.Text.Json;
using Flip.Edge.Button;
using Flip.Edge.Cli;
using Flip.Edge.Configuration;
using Flip.Edge.Simulator.Cloud;
using Flip.Edge.Simulator.Devices;
using Flip.Edge.Status;
using Flip.Edge.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Flip.Edge.Tests.Button;

/// <summary>The whole daemon, with a FIFO in place of the input device.</summary>
public sealed class ButtonEndToEndTests : IAsyncLifetime
{
    private const ushort Key = 148;
    private readonly TempDirectory _directory = new();
    private readonly Fifo _fifo = new();
    private HostedDevice _device = null!;
    private MockFlipCloud _cloud = null!;
    private EdgeUnderTest _edge = null!;

    public async ValueTask InitializeAsync()
    {
        _device = await HostedDevice.OnTcpAsync(DeviceImages.Find("hybrid")!, 0);
        _cloud = await MockFlipCloud.StartAsync(new(), TestContext.Current.CancellationToken);
        EdgeSettings settings = EdgeUnderTest.Settings(_directory, _cloud, _device);
        _edge = await EdgeUnderTest.StartAsync(settings with { Button = new(new(_fifo.Path, Key), null, TimeSpan.FromMilliseconds(20), TimeSpan.FromSeconds(3)) });
        await _edge.UntilAsync("the button bound", status => status.TryGetProperty("button", out JsonElement button) && button[0].GetProperty("bound").ValueKind == JsonValueKind.String);
    }

    [Fact]
    public async Task A_press_commissions_the_site_and_ten_more_change_nothing()
    {
        for (int press = 0; press < 10; press++) _fifo.Press(Key, press, press + 0.2);
        await _edge.UntilAsync("commissioned");
        _fifo.Press(Key, 20, 20.2);

        Assert.Single(_cloud.Ledger.Sites);
        Assert.Equal(1, _cloud.Ledger.CommissionRequests);
    }

    [Fact]
    public async Task A_long_press_does_not_disturb_who_follows_the_status()
    {
        using LocalClient client = new(_edge.Services.GetRequiredService<EdgeSettings>().Local.Socket);
        await using IAsyncEnumerator<EdgeStatus> statuses = client.StatusesAsync(TestContext.Current.CancellationToken).GetAsyncEnumerator(TestContext.Current.CancellationToken);
        Assert.True(await statuses.MoveNextAsync());
        _fifo.Press(Key, 1, 4.5);
        await _edge.UntilAsync("the press", _ => _edge.Services.GetRequiredService<InstallerWindow>().Latest is not null);
        _fifo.Press(Key, 10, 10.2);

        do Assert.True(await statuses.MoveNextAsync());
        while (statuses.Current.Commissioning.State != "commissioned");
    }

    [Fact]
    public async Task A_long_press_is_an_event_for_the_installers_page_and_starts_nothing()
    {
        using HttpResponseMessage stream = await _edge.Http.GetAsync(
            new Uri("/api/v1/events", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        using StreamReader lines = new(await stream.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken));
        Assert.Equal("event: status", await lines.ReadLineAsync(TestContext.Current.CancellationToken));
        _fifo.Press(Key, 1, 4.5);

        string? line;
        do line = await lines.ReadLineAsync(TestContext.Current.CancellationToken);
        while (line is not null and not "event: installer_window");
        string? data = await lines.ReadLineAsync(TestContext.Current.CancellationToken);
        Assert.StartsWith("data: {\"opened_at\":\"", data, StringComparison.Ordinal);
        Assert.EndsWith(",\"by\":\"button\"}", data, StringComparison.Ordinal);
        Assert.Equal(0, _cloud.Ledger.CommissionRequests);
    }

    [Fact]
    public async Task The_status_says_what_the_button_is_bound_to()
    {
        JsonElement button = (await _edge.StatusAsync()).GetProperty("button")[0];

        Assert.Equal("input", button.GetProperty("source").GetString());
        Assert.Equal($"KEY_PROG1 from the FIFO {_fifo.Path}", button.GetProperty("bound").GetString());
        Assert.Equal(JsonValueKind.Null, button.GetProperty("reason").ValueKind);
    }

    public async ValueTask DisposeAsync()
    {
        await _edge.DisposeAsync();
        await _cloud.DisposeAsync();
        await _device.DisposeAsync();
        _fifo.Dispose();
        _directory.Dispose();
    }
}
