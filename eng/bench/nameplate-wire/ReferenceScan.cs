using Flip.Edge.Devices.Profiles;
using Flip.Edge.Devices.Registers;
using Flip.Edge.Modbus;
using Flip.Edge.Simulator.Devices;

namespace Flip.Edge.Bench.NameplateWire;

/// <summary>The scan of the reference client: one register each for id and length, then each model whole.</summary>
internal static class ReferenceScan
{
    public const double Bar = 0.45;

    /// <summary>What one reading of ours costs of that scan, of the image "hybrid".</summary>
    public static async Task<double> ShareOfAsync(ModbusEndpoint line)
    {
        ReadCost cost = ReadCost.Of(line, TimeSpan.Zero);
        DeviceImage image = DeviceImages.Find("hybrid")!;
        await using BankClient reference = new(new SimulatedDevice(image.CreateMap(), DeviceWire.Rtu), line);
        await ScanAsync(reference);
        await using BankClient ours = new(new SimulatedDevice(image.CreateMap(), DeviceWire.Rtu), line);
        await new NameplateReader(TimeProvider.System).ReadAsync(ours, 1, ProfileCatalog.Embedded.Find("sunspec")!, CancellationToken.None);

        // The second reading begins where the first began.
        int first = ours.Reads.Skip(1).TakeWhile(read => read.Address != ours.Reads[0].Address).Count() + 1;
        return ours.Reads.Take(first).Sum(read => cost.Of(read.Answered ? read.Count : 0)) / reference.Reads.Sum(read => cost.Of(read.Count));
    }

    private static async Task ScanAsync(BankClient client)
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
}
