// Wire time of a SunSpec nameplate on a serial line, by the cost of its characters: 8 of the request, 5 and two for each register of
// the reply (5 for an exception), and two silences of 3.5. Three plans on the same map, side by side:
//   the reference client's scan (one register each for id and length, then each model whole), everything in blocks of 125, and ours.
// Usage: dotnet run -c Release --project eng/bench/nameplate-wire [-- BAUD]
using System.Globalization;
using Flip.Edge.Devices.Nameplates;
using Flip.Edge.Devices.SunSpec;
using Flip.Edge.Simulator.Devices;

const double ReferenceBar = 0.45;
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
int baud = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 9600;
DeviceImage image = DeviceImages.Find("hybrid")!;
Console.WriteLine($"{image.Name}: {image.Description}, at {baud} baud 8N1");

BankClient reference = Client();
await ReferenceScanAsync(reference);
BankClient blocks = Client();
await BlocksAsync(blocks, reference.Reads[^1].Address + 1);
BankClient ours = Client();
NameplateReading reading = await new SunSpecNameplateReader(TimeProvider.System).ReadAsync(ours, 1, CancellationToken.None);
while (ours.Reads.Count > reading.Transactions / 2) ours.Reads.RemoveAt(ours.Reads.Count - 1);

double bar = Milliseconds(reference) * ReferenceBar;
Console.WriteLine($"{"plan",-28} {"transactions",12} {"registers",10} {"wire ms",9} {"of reference",13}");
Row("reference scan", reference);
Row("everything, blocks of 125", blocks);
Row("Flip.Edge, one reading", ours);
Console.WriteLine($"bar: {bar:0.0} ms; {(Milliseconds(ours) <= bar ? "met" : "MISSED")}");
foreach ((ushort address, ushort count, _) in ours.Reads) Console.WriteLine($"  read {count,3} at {address}");
return Milliseconds(ours) <= bar ? 0 : 1;

BankClient Client() => new(new SimulatedDevice(image.CreateMap(), DeviceWire.Rtu));

double Milliseconds(BankClient client) =>
    client.Reads.Sum(read => 8 + 7 + 5 + (read.Answered ? 2 * read.Count : 0)) * 10 * 1000.0 / baud;

void Row(string name, BankClient client) => Console.WriteLine(
    $"{name,-28} {client.Reads.Count,12} {client.Reads.Sum(read => read.Count),10} {Milliseconds(client),9:0.0} {Milliseconds(client) / Milliseconds(reference),13:0.000}");

static async Task ReferenceScanAsync(BankClient client)
{
    ushort[] marker = await client.ReadHoldingRegistersAsync(1, 40000, 3);
    ushort id = marker[2];
    ushort at = 40002;
    while (id != 0xFFFF)
    {
        ushort length = (await client.ReadHoldingRegistersAsync(1, (ushort)(at + 1), 1))[0];
        await client.ReadHoldingRegistersAsync(1, at, (ushort)(length + 2));
        at += (ushort)(length + 2);
        id = (await client.ReadHoldingRegistersAsync(1, at, 1))[0];
    }
}

static async Task BlocksAsync(BankClient client, int end)
{
    for (int at = 40000; at < end; at += 125) await client.ReadHoldingRegistersAsync(1, (ushort)at, (ushort)Math.Min(125, end - at));
}
