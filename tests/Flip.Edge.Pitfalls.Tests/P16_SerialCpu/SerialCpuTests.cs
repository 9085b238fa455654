using Flip.Edge.Modbus;
using Flip.Edge.Simulator.Devices;

namespace Flip.Edge.Pitfalls.P16_SerialCpu;

/// <summary>
/// Serial ports of .NET on Linux cost a lot of processor time. <see href="https://github.com/dotnet/runtime/issues/2379"/>,
/// <see href="https://github.com/dotnet/corefx/issues/33146"/>. Alone in its collection, because the time of a process is all threads'.
/// </summary>
[CollectionDefinition(nameof(SerialCpuTests), DisableParallelization = true)]
[Collection(nameof(SerialCpuTests))]
public sealed class SerialCpuTests
{
    [Fact]
    public async Task Waiting_on_an_open_port_and_asking_ten_times_a_second_take_little_of_a_core()
    {
        CancellationToken ct = TestContext.Current.CancellationToken;
        await using HostedDevice device = HostedDevice.OnPseudoTerminal(DeviceImages.Find("hybrid")!, 115200);
        await using IModbusClient client = ModbusClient.Create(device.Endpoint);
        await client.ReadHoldingRegistersAsync(1, 40000, 100, ct); // compiles
        double idle = await ShareAsync(TimeSpan.FromSeconds(1), () => Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System, ct));
        double polling = await ShareAsync(TimeSpan.FromSeconds(2), async () =>
        {
            await client.ReadHoldingRegistersAsync(1, 40000, 100, ct);
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, ct);
        });
        TestContext.Current.TestOutputHelper?.WriteLine($"idle {idle:P1} of a core, ten reads a second {polling:P1}");
        Assert.InRange(idle, 0, 0.15);
        Assert.InRange(polling, 0, 0.35);
    }

    /// <summary>The processor's time as a share of what passed. A machine that is busy with other things only makes it smaller.</summary>
    private static async Task<double> ShareAsync(TimeSpan span, Func<Task> step)
    {
        TimeSpan before = Environment.CpuUsage.TotalTime;
        long began = TimeProvider.System.GetTimestamp();
        do await step();
        while (TimeProvider.System.GetElapsedTime(began) < span);
        return (Environment.CpuUsage.TotalTime - before) / TimeProvider.System.GetElapsedTime(began);
    }
}
