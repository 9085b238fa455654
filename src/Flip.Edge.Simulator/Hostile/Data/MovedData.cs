using Flip.Edge.Modbus;

namespace Flip.Edge.Simulator.Hostile.Data;

/// <summary>Right frames with the registers of somewhere else, or none.</summary>
internal static class MovedData
{
    public static IReadOnlyList<DataBehaviour> All { get; } =
    [
        Rule("data-one-up", "every read gives the registers one above those asked for: the map seems to begin one lower", [9, 34], Shift(1, every: 1)),
        Rule("data-one-down", "every read gives the registers one below those asked for: the map seems to begin one higher", [9, 34], Shift(-1, every: 1)),
        Rule("data-one-up-at-times", "every fifth read gives the registers one above those asked for: no such value may be believed", [9, 34], Shift(1, every: 5)),
        Rule("data-one-up-each-seventh", "every seventh read is one register off, in the same place of both readings: agreement alone does not show it", [9, 34], Shift(1, every: 7)),
        Rule("data-truncated", "every fourth read lacks its first register, so that larger numbers come multiplied by 65,536", [9], (read, words) =>
        {
            var refused = read.Truth(words);
            if (refused is not null || read.Number % 4 != 0) return refused;
            words[1..].CopyTo(words);
            words[^1] = 0;
            return null;
        }),
        new("data-replayed", "every sixth read gives the registers of the read before", [9], device => new ReplayingBank(device, every: 6)),
        Rule("bytes-swapped", "the low byte of each register comes first, in spite of the specification: no SunSpec to be seen", [18], (read, words) =>
        {
            var refused = read.Truth(words);
            for (var i = 0; refused is null && i < words.Length; i++) words[i] = (ushort)((words[i] >> 8) | (words[i] << 8));
            return refused;
        }),
        Rule("words-swapped", "registers come in pairs with the low word first, whatever the device's setting says", [18], (read, words) =>
        {
            Span<ushort> single = stackalloc ushort[1];
            for (var i = 0; i < words.Length; i++)
            {
                if (read.TruthAt((read.Address + i) ^ 1, single) is { } refused) return refused;
                words[i] = single[0];
            }

            return null;
        }),
        Rule("all-zeros", "every register reads 0, as at night: the device is asleep", [28], (read, words) =>
        {
            words.Clear();
            return null;
        }),
        Rule("exception-2-at-times", "every fifth read is refused with exception 2, though the registers are there", [5], Refuse(ModbusExceptionCode.IllegalDataAddress, 5)),
        Rule("exception-4-at-times", "every fourth read fails with exception 4", [5], Refuse(ModbusExceptionCode.DeviceFailure, 4)),
        Rule("busy-at-times", "every third read is answered with exception 6, busy", [5], Refuse(ModbusExceptionCode.DeviceBusy, 3)),
        Rule("silent-at-first", "the first read is not answered, as by a dongle that was just connected to", [3, 28],
            (read, words) => read.Number == 1 ? IRegisterBank.NoReply : read.Truth(words)),
        Rule("ev-charger-beside", "every other unit id answers as an EV charger with registers of its own, and without a battery", [36], (read, words) =>
        {
            var answer = read.Truth(words);
            if (answer is null || (answer != IRegisterBank.NoReply && answer != ModbusExceptionCode.GatewayTargetNoResponse)) return answer;
            // 32 A and 7400 W at every hundredth register: plausible for a charger, and for a careless reader a battery.
            for (var i = 0; i < words.Length; i++) words[i] = ((read.Address + i) % 100) switch { 0 => 32, 2 => 7400, _ => (ushort)(0x1000 + ((read.Address + i) % 7)) };
            return null;
        }),
    ];

    private static DataBehaviour Rule(string name, string description, IReadOnlyList<int> pitfalls, DataRule rule) =>
        new(name, description, pitfalls, device => new RuledBank(device, rule));

    private static DataRule Shift(int by, int every) =>
        (read, words) => read.Number % every == 0 ? read.TruthAt(read.Address + by, words) : read.Truth(words);

    private static DataRule Refuse(ModbusExceptionCode code, int every) => (read, words) => read.Number % every == 0 ? code : read.Truth(words);
}
