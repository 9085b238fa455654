using System.Net;
using System.Text.Json;
using Flip.Edge.Configuration;
using Flip.Edge.Monitoring;
using Flip.Edge.Simulator.Cloud;
using Flip.Edge.Simulator.Devices;
using Flip.Edge.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Flip.Edge.Tests.Commissioning;

/// <summary>What needs a person, and how a person settles it, over real Modbus, real HTTP and a real database.</summary>
public sealed class AttentionEndToEndTests : IDisposable
{
    private readonly TempDirectory _directory = new();

    [Fact]
    public async Task After_a_refusal_a_corrected_configuration_and_a_reload_make_a_new_request_and_keep_the_old_ones_digest()
    {
        await using HostedDevice device = await DeviceAsync();
        await using MockFlipCloud cloud = await CloudAsync("422");
        EdgeSettings settings = EdgeUnderTest.Settings(_directory, cloud, device);
        await using EdgeUnderTest edge = await EdgeUnderTest.StartAsync(settings);
        await edge.PressAsync();
        await edge.UntilAsync("attention", "invalid");
        using HttpResponseMessage press = await edge.PressAsync();
        Assert.Equal(HttpStatusCode.Conflict, press.StatusCode);

        edge.Configuration = new(settings with { Site = settings.Site with { ZipCode = "88801" } }, []);
        using HttpResponseMessage reload = await edge.PostAsync("/api/v1/reload");

        Assert.Equal(HttpStatusCode.OK, reload.StatusCode);
        await edge.UntilAsync("commissioned");
        Assert.Equal(2, cloud.Ledger.Requests.Select(request => request.Sha256).Distinct().Count());
        JsonElement[] history = await HistoryAsync(edge);
        Assert.Equal(["commissioned", "withdrawn"], history.Select(entry => entry.GetProperty("settled_as").GetString()));
        Assert.Equal(cloud.Ledger.Requests[0].Sha256, history[1].GetProperty("request_sha256").GetString());
        Assert.Equal("invalid", history[1].GetProperty("last_outcome").GetString());
        Assert.NotEqual(history[0].GetProperty("key").GetString(), history[1].GetProperty("key").GetString());
    }

    [Fact]
    public async Task A_reload_without_a_change_says_that_it_is_mended_at_Flip_and_asks_again()
    {
        await using HostedDevice device = await DeviceAsync();
        await using MockFlipCloud cloud = await CloudAsync("422");
        await using EdgeUnderTest edge = await EdgeUnderTest.StartAsync(EdgeUnderTest.Settings(_directory, cloud, device));
        await edge.PressAsync();
        await edge.UntilAsync("attention", "invalid");

        using HttpResponseMessage reload = await edge.PostAsync("/api/v1/reload");

        await edge.UntilAsync("commissioned");
    }

    [Fact]
    public async Task While_a_credential_is_refused_a_corrected_site_takes_the_place_of_the_one_that_nothing_was_sent_of()
    {
        await using HostedDevice device = await DeviceAsync();
        await using MockFlipCloud cloud = await CloudAsync("403,403,403,403,403,403,403,403,403,403");
        EdgeSettings settings = EdgeUnderTest.Settings(_directory, cloud, device);
        await using EdgeUnderTest edge = await EdgeUnderTest.StartAsync(settings with { Commissioning = settings.Commissioning with { Retry = new(TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(5)) } });
        await edge.PressAsync();
        await edge.UntilAsync("attention", "unauthorized");
        Assert.Equal(1, cloud.Ledger.CommissionRequests);

        edge.Configuration = new(settings with { Site = settings.Site with { Id = "abc-987" } }, []);
        using HttpResponseMessage reload = await edge.PostAsync("/api/v1/reload");
        await UntilHistoryHasAsync(edge, 2);
        await edge.UntilAsync("attention", "unauthorized");
        using HttpResponseMessage given = await edge.PostAsync("/api/v1/site", """{"id":"abc-999"}""");
        await UntilHistoryHasAsync(edge, 3);

        Assert.Equal(HttpStatusCode.Accepted, given.StatusCode);
        Assert.Equal(["abc-999", "abc-987", "abc-789"], (await HistoryAsync(edge)).Select(entry => entry.GetProperty("site_id").GetString()));
    }

    [Fact]
    public async Task A_reload_without_a_change_leaves_a_request_that_waits_for_its_credential_as_it_is()
    {
        await using HostedDevice device = await DeviceAsync();
        await using MockFlipCloud cloud = await CloudAsync("401");
        EdgeSettings settings = EdgeUnderTest.Settings(_directory, cloud, device);
        await using EdgeUnderTest edge = await EdgeUnderTest.StartAsync(settings with { Commissioning = settings.Commissioning with { Retry = new(TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(5)) } });
        await edge.PressAsync();
        await edge.UntilAsync("attention", "unauthorized");

        using HttpResponseMessage reload = await edge.PostAsync("/api/v1/reload");

        await edge.UntilAsync("commissioned");
        Assert.Single(cloud.Ledger.Requests.Select(request => request.Sha256).Distinct());
        Assert.Single(await HistoryAsync(edge));
    }

    [Fact]
    public async Task Devices_that_a_reload_is_just_putting_in_another_order_are_not_frozen_under_each_others_names()
    {
        await using HostedDevice first = await HostedDevice.OnTcpAsync(DeviceImages.Find("hybrid")!, 0);
        await using HostedDevice second = await HostedDevice.OnTcpAsync(DeviceImages.Find("hybrid")!, 0);
        await using MockFlipCloud cloud = await CloudAsync();
        EdgeSettings settings = EdgeUnderTest.Settings(_directory, cloud, first, second);
        DeviceSettings one = settings.Devices[0] with { Overrides = settings.Devices[0].Overrides with { SerialNumber = "one" } };
        DeviceSettings two = settings.Devices[1] with { Overrides = settings.Devices[1].Overrides with { SerialNumber = "two" } };
        await using EdgeUnderTest edge = await EdgeUnderTest.StartAsync(settings with { Devices = [one, two] });

        // The moment between the two halves of a reload.
        edge.Services.GetRequiredService<DeviceWatch>().Replace([two, one]);
        await edge.PressAsync();
        await edge.UntilAsync("reading");
        await Task.Delay(TimeSpan.FromMilliseconds(500), TimeProvider.System, TestContext.Current.CancellationToken);
        Assert.Empty(await HistoryAsync(edge));
        edge.Configuration = new(settings with { Devices = [two, one] }, []);
        using HttpResponseMessage reload = await edge.PostAsync("/api/v1/reload");

        await edge.UntilAsync("commissioned");
        Assert.All(Assert.Single(cloud.Ledger.Sites).Devices, device =>
        {
            using JsonDocument sent = JsonDocument.Parse(device);
            Assert.Equal(sent.RootElement.GetProperty("id").GetString() == one.Id ? "one" : "two", sent.RootElement.GetProperty("serial_number").GetString());
        });
    }

    [Fact]
    public async Task A_reload_of_a_configuration_with_errors_changes_nothing_and_names_them_all()
    {
        await using HostedDevice device = await DeviceAsync();
        await using MockFlipCloud cloud = await CloudAsync("422");
        await using EdgeUnderTest edge = await EdgeUnderTest.StartAsync(EdgeUnderTest.Settings(_directory, cloud, device));
        await edge.PressAsync();
        await edge.UntilAsync("attention", "invalid");

        edge.Configuration = new(null, [new("Site:ZipCode", "is wrong"), new("Devices", "is missing")]);
        using HttpResponseMessage reload = await edge.PostAsync("/api/v1/reload");

        Assert.Equal(HttpStatusCode.UnprocessableEntity, reload.StatusCode);
        string problem = await reload.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Contains("Site:ZipCode is wrong; Devices is missing", problem, StringComparison.Ordinal);
        await edge.UntilAsync("attention", "invalid");
        Assert.Equal(1, cloud.Ledger.CommissionRequests);
    }

    [Fact]
    public async Task A_reload_takes_a_capacity_that_a_person_typed_and_says_what_needs_a_restart()
    {
        await using HostedDevice device = await HostedDevice.OnTcpAsync(DeviceImages.Find("zero-capacity")!, 0);
        await using MockFlipCloud cloud = await CloudAsync();
        EdgeSettings settings = EdgeUnderTest.Settings(_directory, cloud, device);
        await using EdgeUnderTest edge = await EdgeUnderTest.StartAsync(settings);
        await edge.PressAsync();
        await edge.UntilAsync("attention", "nameplate");

        edge.Configuration = new(
            settings with
            {
                Devices = [settings.Devices[0] with { Overrides = settings.Devices[0].Overrides with { CapacityWh = 13_500 } }],
                Mqtt = settings.Mqtt with { Port = 1884 },
            },
            []);
        using HttpResponseMessage reload = await edge.PostAsync("/api/v1/reload");

        Assert.Contains("[\"Mqtt\"]", await reload.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        await edge.UntilAsync("commissioned");
        Assert.Contains("13500", Assert.Single(Assert.Single(cloud.Ledger.Sites).Devices), StringComparison.Ordinal);
    }

    [Fact]
    public async Task After_a_refusal_new_site_data_over_the_endpoint_make_a_new_request_and_are_gone_afterwards()
    {
        await using HostedDevice device = await DeviceAsync();
        await using MockFlipCloud cloud = await CloudAsync("422");
        await using EdgeUnderTest edge = await EdgeUnderTest.StartAsync(EdgeUnderTest.Settings(_directory, cloud, device));
        await edge.PressAsync();
        await edge.UntilAsync("attention", "invalid");

        using HttpResponseMessage given = await edge.PostAsync("/api/v1/site", """{"id":"abc-789","first_name":"Hildegard","zip_code":"88802"}""");

        Assert.Equal(HttpStatusCode.Accepted, given.StatusCode);
        await edge.UntilAsync("commissioned");
        Assert.Contains("Hildegard", Assert.Single(cloud.Ledger.Sites).Site, StringComparison.Ordinal);

        // The write-ahead log is emptied a moment after the state changed.
        string[] files = [_directory.File("flip-edge.db"), _directory.File("flip-edge.db-wal")];
        for (int look = 0; look < 100 && files.Any(Mentions); look++) await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, TestContext.Current.CancellationToken);
        Assert.DoesNotContain(files, Mentions);
        static bool Mentions(string file) => File.ReadAllText(file, System.Text.Encoding.Latin1).Contains("Hildegard", StringComparison.Ordinal);
    }

    [Fact]
    public async Task Site_data_with_errors_are_refused_all_at_once_and_without_a_quote()
    {
        await using HostedDevice device = await DeviceAsync();
        await using EdgeUnderTest edge = await EdgeUnderTest.StartAsync(EdgeUnderTest.Settings(_directory, null, device));

        using HttpResponseMessage given = await edge.PostAsync("/api/v1/site", """{"state_code":"XX","email":"hilde at home","surname":"Doe","city":5}""");

        Assert.Equal(HttpStatusCode.BadRequest, given.StatusCode);
        string problem = await given.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.All(["Id is missing", "StateCode", "Email", "Surname", "city has to be a text"], part => Assert.Contains(part, problem, StringComparison.Ordinal));
        Assert.DoesNotContain("hilde", problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"id":"abc-789","ID":"abc-987"}""", "ID is given twice")]
    [InlineData("""{"id":"abc-789","id":"abc-987"}""", "id is given twice")]
    [InlineData("""{"id":"abc-789","first_name":"\ud800"}""", "half of a character")]
    [InlineData("""{"id":"abc-789","\ud800":"x"}""", "half of a character")]
    public async Task Site_data_that_can_be_read_in_two_ways_or_none_are_refused_in_words(string json, string expected)
    {
        await using HostedDevice device = await DeviceAsync();
        await using EdgeUnderTest edge = await EdgeUnderTest.StartAsync(EdgeUnderTest.Settings(_directory, null, device));

        using HttpResponseMessage given = await edge.PostAsync("/api/v1/site", json);

        Assert.Equal(HttpStatusCode.BadRequest, given.StatusCode);
        Assert.Contains(expected, await given.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_reload_says_when_given_site_data_stand_in_place_of_the_configuration_that_was_corrected()
    {
        await using HostedDevice device = await DeviceAsync();
        await using MockFlipCloud cloud = await CloudAsync("422");
        EdgeSettings settings = EdgeUnderTest.Settings(_directory, cloud, device);
        await using EdgeUnderTest edge = await EdgeUnderTest.StartAsync(settings);
        using HttpResponseMessage before = await edge.PostAsync("/api/v1/reload");
        using HttpResponseMessage given = await edge.PostAsync("/api/v1/site", """{"id":"abc-789","zip_code":"88802"}""");
        edge.Configuration = new(settings with { Site = settings.Site with { ZipCode = "88801" } }, []);

        using HttpResponseMessage after = await edge.PostAsync("/api/v1/reload");

        Assert.Contains("\"site_is_given\":false", await before.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Contains("\"site_is_given\":true", await after.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Site_data_given_before_the_press_survive_a_restart()
    {
        await using HostedDevice device = await DeviceAsync();
        await using MockFlipCloud cloud = await CloudAsync();
        EdgeSettings settings = EdgeUnderTest.Settings(_directory, cloud, device);
        await using (EdgeUnderTest before = await EdgeUnderTest.StartAsync(settings))
        {
            using HttpResponseMessage given = await before.PostAsync("/api/v1/site", """{"id":"site-2","zip_code":"88802"}""");
        }

        await using EdgeUnderTest edge = await EdgeUnderTest.StartAsync(settings);
        await edge.PressAsync();

        await edge.UntilAsync("commissioned");
        Assert.Equal("site-2", Assert.Single(cloud.Ledger.Sites).Id);
    }

    [Fact]
    public async Task A_commissioned_site_is_commissioned_again_only_by_its_name()
    {
        await using HostedDevice device = await DeviceAsync();
        await using MockFlipCloud cloud = await CloudAsync();
        await using EdgeUnderTest edge = await EdgeUnderTest.StartAsync(EdgeUnderTest.Settings(_directory, cloud, device));
        await edge.PressAsync();
        await edge.UntilAsync("commissioned");

        using HttpResponseMessage other = await edge.PostAsync("/api/v1/commission?again=abc-987");
        Assert.Equal(HttpStatusCode.Conflict, other.StatusCode);
        Assert.Equal(1, cloud.Ledger.CommissionRequests);
        using HttpResponseMessage again = await edge.PostAsync("/api/v1/commission?again=abc-789");
        Assert.Equal(HttpStatusCode.Accepted, again.StatusCode);

        await UntilHistoryHasAsync(edge, 2);
        await edge.UntilAsync("commissioned");
        Assert.Equal(2, cloud.Ledger.CommissionRequests);
        Assert.Single(cloud.Ledger.Sites);
        Assert.All(await HistoryAsync(edge), entry => Assert.Equal("commissioned", entry.GetProperty("settled_as").GetString()));
    }

    [Fact]
    public async Task A_site_that_was_commissioned_under_a_given_id_is_not_commissioned_again_under_the_configurations()
    {
        await using HostedDevice device = await DeviceAsync();
        await using MockFlipCloud cloud = await CloudAsync();
        EdgeSettings settings = EdgeUnderTest.Settings(_directory, cloud, device);
        await using EdgeUnderTest edge = await EdgeUnderTest.StartAsync(settings);
        using HttpResponseMessage given = await edge.PostAsync("/api/v1/site", """{"id":"site-2"}""");
        await edge.PressAsync();
        await edge.UntilAsync("commissioned");

        using HttpResponseMessage again = await edge.PostAsync("/api/v1/commission?again=site-2");

        Assert.Equal(HttpStatusCode.Conflict, again.StatusCode);
        Assert.Contains("Site:Id is abc-789", await again.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);

        edge.Configuration = new(settings with { Site = settings.Site with { Id = "site-2" } }, []);
        using HttpResponseMessage reload = await edge.PostAsync("/api/v1/reload");
        using HttpResponseMessage corrected = await edge.PostAsync("/api/v1/commission?again=site-2");
        Assert.Equal(HttpStatusCode.Accepted, corrected.StatusCode);
        while ((await HistoryAsync(edge)).Length < 2) await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, TestContext.Current.CancellationToken);
        await edge.UntilAsync("commissioned");
        Assert.Equal("site-2", Assert.Single(cloud.Ledger.Sites).Id);
    }

    [Fact]
    public async Task A_reload_that_sets_the_automatic_trigger_pulls_it()
    {
        await using HostedDevice device = await DeviceAsync();
        await using MockFlipCloud cloud = await CloudAsync();
        EdgeSettings settings = EdgeUnderTest.Settings(_directory, cloud, device);
        await using EdgeUnderTest edge = await EdgeUnderTest.StartAsync(settings);
        await edge.UntilAsync("waiting", "trigger");

        edge.Configuration = new(settings with { Commissioning = settings.Commissioning with { Trigger = TriggerMode.Automatic } }, []);
        using HttpResponseMessage reload = await edge.PostAsync("/api/v1/reload");

        await edge.UntilAsync("commissioned");
    }

    [Fact]
    public async Task Again_stays_with_its_site_although_the_configuration_names_another_before_the_devices_are_read()
    {
        await using MockFlipCloud cloud = await CloudAsync();
        HostedDevice away = await DeviceAsync();
        EdgeSettings settings = EdgeUnderTest.Settings(_directory, cloud, away);
        await using EdgeUnderTest edge = await EdgeUnderTest.StartAsync(settings);
        await edge.PressAsync();
        await edge.UntilAsync("commissioned");
        await away.DisposeAsync();
        using HttpResponseMessage again = await edge.PostAsync("/api/v1/commission?again=abc-789");
        await edge.UntilAsync("waiting", "device");

        edge.Configuration = new(settings with { Site = settings.Site with { Id = "abc-987" } }, []);
        using HttpResponseMessage reload = await edge.PostAsync("/api/v1/reload");
        await using HostedDevice back = await HostedDevice.OnTcpAsync(DeviceImages.Find("hybrid")!, ((Modbus.ModbusTcpEndpoint)away.Endpoint).Port);

        JsonElement status = await edge.UntilAsync("attention", "site_data");
        Assert.Contains("site abc-789 is to be commissioned again, and Site:Id is abc-987", status.GetProperty("commissioning").GetProperty("reason").GetString(), StringComparison.Ordinal);
        edge.Configuration = new(settings, []);
        using HttpResponseMessage corrected = await edge.PostAsync("/api/v1/reload");
        await edge.UntilAsync("commissioned");
        Assert.Equal("abc-789", Assert.Single(cloud.Ledger.Sites).Id);
    }

    [Fact]
    public async Task Again_never_commissions_another_site_that_the_configuration_names_meanwhile()
    {
        await using HostedDevice device = await DeviceAsync();
        await using MockFlipCloud cloud = await CloudAsync();
        EdgeSettings settings = EdgeUnderTest.Settings(_directory, cloud, device);
        await using EdgeUnderTest edge = await EdgeUnderTest.StartAsync(settings);
        await edge.PressAsync();
        await edge.UntilAsync("commissioned");
        edge.Configuration = new(settings with { Site = settings.Site with { Id = "abc-987" } }, []);
        using HttpResponseMessage reload = await edge.PostAsync("/api/v1/reload");

        using HttpResponseMessage again = await edge.PostAsync("/api/v1/commission?again=abc-789");

        Assert.Equal(HttpStatusCode.Conflict, again.StatusCode);
        Assert.Contains("Site:Id is abc-987", await again.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        await edge.UntilAsync("commissioned");
        Assert.Single(await HistoryAsync(edge));
    }

    [Fact]
    public async Task A_gateway_that_replaces_a_broken_one_adopts_its_site_with_its_enrollment()
    {
        await using HostedDevice device = await DeviceAsync();
        await using MockFlipCloud cloud = await CloudAsync();
        await using (EdgeUnderTest broken = await EdgeUnderTest.StartAsync(EdgeUnderTest.Settings(_directory, cloud, device)))
        {
            await broken.PressAsync();
            await broken.UntilAsync("commissioned");
        }

        using TempDirectory another = new();
        EdgeSettings settings = EdgeUnderTest.Settings(another, cloud, device);
        await using EdgeUnderTest replacement = await EdgeUnderTest.StartAsync(settings with { Gateway = settings.Gateway with { Id = "gw-0002" } });
        await replacement.PressAsync();

        JsonElement status = await replacement.UntilAsync("commissioned");
        Assert.Equal("ACTIVE", status.GetProperty("enrollment").GetProperty("status").GetString());
        Assert.Single(cloud.Ledger.Sites);
    }

    [Fact]
    public async Task An_exchanged_battery_is_shown_and_never_sent_by_itself()
    {
        EdgeSettings settings;
        await using MockFlipCloud cloud = await CloudAsync();
        await using (HostedDevice device = await DeviceAsync())
        {
            settings = EdgeUnderTest.Settings(_directory, cloud, device);
            await using EdgeUnderTest before = await EdgeUnderTest.StartAsync(settings);
            await before.PressAsync();
            await before.UntilAsync("commissioned");
        }

        settings = settings with { Devices = [settings.Devices[0] with { Overrides = settings.Devices[0].Overrides with { SerialNumber = "SN-EXCHANGED" } }] };
        await using HostedDevice exchanged = await HostedDevice.OnTcpAsync(DeviceImages.Find("hybrid")!, ((Modbus.ModbusTcpEndpoint)settings.Devices[0].Endpoint).Port);
        await using EdgeUnderTest edge = await EdgeUnderTest.StartAsync(settings);

        JsonElement status = await edge.StatusAsync();
        while (status.GetProperty("devices")[0].GetProperty("state").GetString() != "ok") status = await edge.StatusAsync();
        Assert.Contains("serial number is SN-EXCHANGED", Assert.Single(status.GetProperty("devices")[0].GetProperty("drift").EnumerateArray()).GetString(), StringComparison.Ordinal);
        Assert.Equal("commissioned", status.GetProperty("commissioning").GetProperty("state").GetString());
        Assert.Equal(1, cloud.Ledger.CommissionRequests);
    }

    private static async Task<JsonElement[]> HistoryAsync(EdgeUnderTest edge)
    {
        using JsonDocument document = JsonDocument.Parse(
            await edge.Http.GetStringAsync(new Uri("/api/v1/commission/history", UriKind.Relative), TestContext.Current.CancellationToken));
        return [.. document.RootElement.Clone().EnumerateArray()];
    }

    private static async Task UntilHistoryHasAsync(EdgeUnderTest edge, int requests)
    {
        for (int look = 0; look < 250; look++)
        {
            if ((await HistoryAsync(edge)).Length >= requests) return;
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, TestContext.Current.CancellationToken);
        }

        Assert.Fail($"{requests} frozen requests did not come: {await edge.StatusAsync()}");
    }

    private static Task<HostedDevice> DeviceAsync() => HostedDevice.OnTcpAsync(DeviceImages.Find("hybrid")!, 0);

    private static Task<MockFlipCloud> CloudAsync(string faults = "") => MockFlipCloud.StartAsync(
        new() { Faults = faults.Length == 0 ? [] : MockFaultParser.Parse(faults) }, TestContext.Current.CancellationToken);

    public void Dispose() => _directory.Dispose();
}
