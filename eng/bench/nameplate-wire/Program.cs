// What a nameplate costs on the wire: ours, the best plan that anybody could have who knows the device beforehand (BestPlan), and
// reading everything that the device has in blocks of 125. By the model that plans are made with (ReadCost): characters and silences on a
// serial line, a round trip over TCP; silence in place of an answer costs the time-out, 1 s. Both readings count, and twice the best plan;
// for the bar a SunSpec map's first reading is granted one transaction, because nobody who has not walked it knows where it ends.
// Usage: dotnet run -c Release --project eng/bench/nameplate-wire
// Exit code 1 when a nameplate costs more than 1.15 of the best plan, or one of SunSpec more than 0.45 of the reference client's scan.
using System.Globalization;
using Flip.Edge.Bench.NameplateWire;
using Flip.Edge.Devices;
using Flip.Edge.Devices.Nameplates;
using Flip.Edge.Devices.Profiles;
using Flip.Edge.Devices.Registers;
using Flip.Edge.Modbus;
using Flip.Edge.Simulator.Devices;
using Flip.Edge.Simulator.Devices.Families;

const double Bar = 1.15, SilenceMs = 1000;
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
(string Name, ModbusEndpoint Endpoint, TimeSpan Latency)[] transports =
[
    ("9600 baud", Line(9600), TimeSpan.Zero), ("115200 baud", Line(115200), TimeSpan.Zero),
    ("TCP 0 ms", Network(), TimeSpan.Zero), ("TCP 20 ms", Network(), TimeSpan.FromMilliseconds(20)), ("TCP 200 ms", Network(), TimeSpan.FromMilliseconds(200)),
];
DeviceImage[] images = [DeviceImages.Find("hybrid")!, .. FamilyImages.All.Where(image => image.Name == image.Profile)];
double worst = 0;
Console.WriteLine($"{"device",-22} {"transport",-12} {"ours",16} {"best plan",16} {"everything",17} {"ours/best",10} {"bar",9}");
foreach (DeviceImage image in images)
{
    foreach ((string name, ModbusEndpoint endpoint, TimeSpan latency) in transports)
    {
        DeviceTables tables = image.CreateTables();
        ReadCost cost = ReadCost.Of(endpoint, latency);
        if (await ReadAsync(image, tables, endpoint, latency) is not { } reading)
        {
            Console.WriteLine($"{image.Name,-22} can't be read at all");
            break;
        }

        double ours = reading.Reads.Sum(read => read.Failure is ModbusTimeoutException ? SilenceMs : cost.Of(read.Failure is null ? read.Count : 0));
        (int transactions, double best) = BestPlan.Of(reading.Wanted, tables, reading.Timing!, SilenceMs);
        (int all, double everything) = Everything(tables, cost);

        // Nobody who has not walked a SunSpec map knows where it ends: the first reading may ask one time more to find out.
        double finding = reading.Wanted.Any(wanted => wanted.Name == "marker") ? cost.Of(2) : 0;
        double ratio = ours / ((2 * best) + finding);
        worst = Math.Max(worst, ratio);
        Console.WriteLine($"{image.Name,-22} {name,-12} {reading.Transactions,4} {ours,8:0.0} ms {2 * transactions,4} {2 * best,8:0.0} ms {2 * all,4} {2 * everything,9:0.0} ms {ours / (2 * best),9:0.000} {ratio,9:0.000}{(ratio > Bar ? " ABOVE" : "")}");
    }
}

double reference = await ReferenceScan.ShareOfAsync(Line(9600));
Console.WriteLine($"one reading of \"hybrid\" at 9600 baud costs {reference:0.000} of the reference client's scan; the bar is {ReferenceScan.Bar}");
Console.WriteLine($"at most {worst:0.000} of the best plan; the bar is {Bar}");
return worst <= Bar && reference <= ReferenceScan.Bar ? 0 : 1;

static ModbusRtuEndpoint Line(int baud) => new("/dev/ttyTest", baud, SerialParity.None, 1, 1);

static ModbusTcpEndpoint Network() => new("192.0.2.1", 502, 1);

static async Task<NameplateReading?> ReadAsync(DeviceImage image, DeviceTables tables, ModbusEndpoint endpoint, TimeSpan latency)
{
    DeviceProfile profile = ProfileCatalog.Embedded.Find(image.Profile ?? "sunspec")!;
    SimulatedDevice device = new(tables, endpoint is ModbusRtuEndpoint ? DeviceWire.Rtu : DeviceWire.Tcp);
    byte unit = profile.Units.GetValueOrDefault(DeviceProfile.MainUnit, []).FirstOrDefault(id => device.Units.Contains(id), device.Units[0]);
    await using BankClient client = new(device, endpoint) { Latency = latency };
    try
    {
        return await new NameplateReader(TimeProvider.System).ReadAsync(client, unit, profile, CancellationToken.None);
    }
    catch (DeviceNotReadableException)
    {
        return null;
    }
}

// Every register that the device has, as far as it can be read in blocks: what a reader does that has no plan.
static (int Transactions, double Milliseconds) Everything(DeviceTables tables, ReadCost cost)
{
    int transactions = 0;
    double total = 0;
    foreach (byte unit in tables.Units)
    {
        foreach (byte function in (byte[])[3, 4])
        {
            int first = -1, last = -1;
            foreach (ushort address in (IEnumerable<ushort>?)tables.Find(unit, function)?.Addresses ?? [])
            {
                if (first >= 0 && address == last + 1 && address - first < 125)
                {
                    last = address;
                    continue;
                }

                if (first >= 0) Add(last - first + 1);
                (first, last) = (address, address);
            }

            if (first >= 0) Add(last - first + 1);
        }
    }

    return (transactions, total);

    void Add(int count)
    {
        transactions++;
        total += cost.Of(count);
    }
}
