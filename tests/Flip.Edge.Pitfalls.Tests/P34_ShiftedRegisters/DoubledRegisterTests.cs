using Flip.Edge.Devices;
using Flip.Edge.Devices.Nameplates;
using Flip.Edge.Modbus;
using Flip.Edge.Pitfalls.Support;
using Flip.Edge.Simulator.Devices;

namespace Flip.Edge.Pitfalls.P34_ShiftedRegisters;

/// <summary>
/// A response in which a register comes twice, or not at all, and everything behind it is moved: the model's id is where it belongs, and
/// nothing else. Of model 120 that made 6553.4 Wh of nothing.
/// </summary>
public sealed class DoubledRegisterTests
{
    private const ushort Nameplate120 = 120, Battery802 = 802, Capacity702 = 702, Storage713 = 713;

    public static TheoryData<string, ushort, int, bool> Cases()
    {
        TheoryData<string, ushort, int, bool> cases = [];
        foreach ((string image, ushort model) in (ReadOnlySpan<(string, ushort)>)
            [("hybrid", Nameplate120), ("hybrid", Battery802), ("inverter-limits", Nameplate120), ("hybrid-7xx", Capacity702), ("hybrid-7xx", Storage713), ("two-batteries", Battery802)])
        {
            foreach (int registersPerRead in (int[])[125, 60, 20])
            {
                cases.Add(image, model, registersPerRead, true);
                cases.Add(image, model, registersPerRead, false);
            }
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task A_register_that_comes_twice_makes_no_value(string image, ushort model, int registersPerRead, bool isEachRead) =>
        await AssertNothingFalseAsync(image, registersPerRead, new Moved(Device(image), model, isEachRead, words => words[..^1].CopyTo(words[1..])));

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task A_length_that_is_left_out_makes_no_value(string image, ushort model, int registersPerRead, bool isEachRead)
    {
        // A header that says so each time that it is asked for is a device that declares a wrong length: nothing shows that it doesn't.
        if (isEachRead) return;
        await AssertNothingFalseAsync(image, registersPerRead, new Moved(Device(image), model, isEachRead, words => words[2..].CopyTo(words[1..])));
    }

    [Fact]
    public async Task Why_a_value_is_missing_is_said()
    {
        Nameplate nameplate = await HostileSunSpec.ReadAsync(new Moved(Device("hybrid"), Battery802, true, words => words[..^1].CopyTo(words[1..])));

        HostileSunSpec.AssertInvalid(nameplate.CapacityWh, "came with the id of model 802");
    }

    private static SimulatedDevice Device(string image) => new(DeviceImages.Find(image)!.CreateMap(), DeviceWire.Tcp);

    private static async Task AssertNothingFalseAsync(string image, int registersPerRead, IRegisterBank moved)
    {
        Nameplate truth = await HostileSunSpec.ReadAsync(Device(image));
        try
        {
            Nameplate read = await HostileSunSpec.ReadAsync(moved, registersPerRead: registersPerRead);

            Assert.Empty(EveryFamily.MadeUp.In(read, truth));
        }
        catch (DeviceNotReadableException refused)
        {
            Assert.NotEmpty(refused.Message);
        }
    }

    /// <summary>Moves what comes behind a model's id: in each response that has it, or only in those that have data with it.</summary>
    private sealed class Moved(IRegisterBank inner, ushort model, bool isEachRead, MoveWords move) : IRegisterBank
    {
        public ModbusExceptionCode? Read(byte unit, byte function, ushort address, Span<ushort> destination)
        {
            ModbusExceptionCode? answer = inner.Read(unit, function, address, destination);
            int at = destination.IndexOf(model);
            if (answer is null && at >= 0 && destination.Length - at > (isEachRead ? 1 : 2)) move(destination[at..]);
            return answer;
        }

        public ModbusExceptionCode? Write(byte unit, ushort address, ReadOnlySpan<ushort> values) => ModbusExceptionCode.IllegalFunction;
    }

    private delegate void MoveWords(Span<ushort> words);
}
