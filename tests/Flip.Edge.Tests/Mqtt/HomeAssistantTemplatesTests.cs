using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json;
using Flip.Edge.Configuration;
using Flip.Edge.Simulator.Broker;
using Flip.Edge.Simulator.Cloud;
using Flip.Edge.Simulator.Devices;
using Flip.Edge.Tests.Support;

namespace Flip.Edge.Tests.Mqtt;

/// <summary>The templates of the discovery messages, rendered over the topics by Jinja itself, as Home Assistant does.</summary>
public sealed class HomeAssistantTemplatesTests : IDisposable
{
    private const string Render = "import json, sys, jinja2\nprint(jinja2.Environment().from_string(sys.argv[1]).render(value_json=json.loads(sys.argv[2])), end='')";
    private const string Sensor = "homeassistant/binary_sensor/flip-edge-gw-0001/attention/config", Topic = "flip-edge/gw-0001/commissioning";

    private readonly TempDirectory _directory = new();

    /// <summary>A newcomer's finding: the sensor was off while <c>status</c> ended with 4 for want of a token.</summary>
    [Fact]
    public async Task Needs_a_person_is_on_with_the_sentence_for_a_missing_token_before_anybody_has_pressed_and_off_once_it_is_there()
    {
        Assert.SkipUnless(Python("import jinja2", [])?.Code == 0, "there is no python3 with jinja2 here");
        await using EmbeddedBroker broker = await EmbeddedBroker.StartAsync();
        await using HostedDevice device = await HostedDevice.OnTcpAsync(DeviceImages.Find("hybrid")!, 0);
        await using MockFlipCloud cloud = await MockFlipCloud.StartAsync(new(), TestContext.Current.CancellationToken);
        EdgeSettings settings = EdgeUnderTest.Settings(_directory, cloud, device);
        File.Delete(_directory.File("token"));
        await using EdgeUnderTest edge = await EdgeUnderTest.StartAsync(
            settings with { Mqtt = new(true, "127.0.0.1", broker.Port, "flip-edge") { HomeAssistant = new(Enabled: true) } });

        await FaultRig.UntilAsync(() => broker.Retained.ContainsKey(Sensor) && Has(broker, "\"code\":\"credential\""));
        Assert.Contains("\"state\":\"waiting\"", broker.Retained[Topic], StringComparison.Ordinal);
        Assert.Equal("ON", Shown(broker, "value_template"));
        Assert.Contains("does not exist: create it with mode 0600", Troubles(broker).Single().GetString(), StringComparison.Ordinal);

        _directory.Write("token", new MockFlipCloudOptions().ClientToken);
        (await edge.PostAsync("/api/v1/reload")).Dispose();
        await FaultRig.UntilAsync(() => !Has(broker, "\"trouble\""));
        Assert.Equal("OFF", Shown(broker, "value_template"));
        Assert.Empty(Troubles(broker));
    }

    public void Dispose() => _directory.Dispose();

    private static bool Has(EmbeddedBroker broker, string text) => broker.Retained.GetValueOrDefault(Topic)?.Contains(text, StringComparison.Ordinal) == true;

    private static JsonElement[] Troubles(EmbeddedBroker broker)
    {
        using JsonDocument attributes = JsonDocument.Parse(Shown(broker, "json_attributes_template"));
        return [.. attributes.RootElement.GetProperty("trouble").Clone().EnumerateArray()];
    }

    private static string Shown(EmbeddedBroker broker, string template)
    {
        using JsonDocument sensor = JsonDocument.Parse(broker.Retained[Sensor]);
        (int code, string output) = Python(Render, [sensor.RootElement.GetProperty(template).GetString()!, broker.Retained[Topic]])!.Value;
        Assert.Equal(0, code);
        return output;
    }

    private static (int Code, string Output)? Python(string script, string[] arguments)
    {
        try
        {
            using Process python = Process.Start(new ProcessStartInfo("python3", ["-c", script, .. arguments]) { RedirectStandardOutput = true })!;
            string output = python.StandardOutput.ReadToEnd();
            python.WaitForExit();
            return (python.ExitCode, output);
        }
        catch (Win32Exception)
        {
            return null;
        }
    }
}
