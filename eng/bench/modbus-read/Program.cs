// Reads 125 registers over loopback TCP, again and again, from the server that run.sh started, and prints rows of its table.
using System.Diagnostics;
using System.Globalization;
using Flip.Edge.Modbus;

int port = int.Parse(args[0], CultureInfo.InvariantCulture);
int reads = int.Parse(args[1], CultureInfo.InvariantCulture);
IModbusClient client = ModbusClient.Create(new ModbusTcpEndpoint("127.0.0.1", port, 1));
await using (client.ConfigureAwait(false))
{
    ushort[] registers = new ushort[125];
    await MeasureAsync("Flip.Edge, into Memory<ushort>", () => client.ReadHoldingRegistersAsync(1, 0, registers)).ConfigureAwait(false);
    await MeasureAsync("Flip.Edge, new ushort[125]", async () => await client.ReadHoldingRegistersAsync(1, 0, 125).ConfigureAwait(false))
        .ConfigureAwait(false);
}

async Task MeasureAsync(string name, Func<ValueTask> read)
{
    for (int i = 0; i < reads / 4; i++) await read().ConfigureAwait(false);
    TimeSpan cpu = Process.GetCurrentProcess().TotalProcessorTime;
    long bytes = GC.GetTotalAllocatedBytes(precise: true);
    long start = Stopwatch.GetTimestamp();
    for (int i = 0; i < reads; i++) await read().ConfigureAwait(false);
    TimeSpan took = Stopwatch.GetElapsedTime(start);
    double perRead = (GC.GetTotalAllocatedBytes(precise: true) - bytes) / (double)reads;
    cpu = Process.GetCurrentProcess().TotalProcessorTime - cpu;
    Console.WriteLine(FormattableString.Invariant(
        $"{name,-32} {reads / took.TotalSeconds,10:F0} {took.TotalMicroseconds / reads,8:F1} {cpu.TotalMicroseconds / reads,8:F1} {perRead,9:F1}"));
}
