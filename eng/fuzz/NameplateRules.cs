using Flip.Edge.Devices;
using Flip.Edge.Devices.Nameplates;
using Flip.Edge.Modbus;

namespace Flip.Edge.Fuzz;

/// <summary>What every reading of a nameplate has to keep, whatever the device says.</summary>
internal static class NameplateRules
{
    /// <summary>Runs a reading that may not wait, and checks what comes of it.</summary>
    /// <param name="reading">The reading; everything under it answers at once.</param>
    /// <param name="truth">What the device really is, or null where its registers say anything.</param>
    public static string Ending(Func<Task<NameplateReading>> reading, Nameplate? truth)
    {
        try
        {
            Nameplate nameplate = Now(reading());
            Check(nameplate, truth);
            return MissingField.Of(nameplate).Count == 0 ? "a whole nameplate" : "a nameplate with fields missing";
        }
        catch (Exception ours) when (ours is DeviceNotReadableException or ModbusException)
        {
            return ours.Message.Length > 0 ? ours.GetType().Name : throw new FindingException("an exception without a sentence");
        }
    }

    /// <summary>What a reading under which everything answers at once has come to. Nothing is waited for, and no thread blocked.</summary>
    /// <exception cref="FindingException">It has not ended: it waits for something that never comes.</exception>
    public static Nameplate Now(Task<NameplateReading> reading) => reading.IsCompleted
        ? reading.GetAwaiter().GetResult().Nameplate // throws what the reading threw, and not an AggregateException
        : throw new FindingException("it waits for something that never comes");

    private static void Check(Nameplate nameplate, Nameplate? truth)
    {
        Field(nameplate.Manufacturer, truth?.Manufacturer, nameplate, nameof(NameplateOverrides.Manufacturer));
        Field(nameplate.Model, truth?.Model, nameplate, nameof(NameplateOverrides.Model));
        Field(nameplate.SerialNumber, truth?.SerialNumber, nameplate, nameof(NameplateOverrides.SerialNumber));
        Field(nameplate.CapacityWh, truth?.CapacityWh, nameplate, nameof(NameplateOverrides.CapacityWh));
        Field(nameplate.MaxChargeW, truth?.MaxChargeW, nameplate, nameof(NameplateOverrides.MaxChargeW));
        Field(nameplate.MaxDischargeW, truth?.MaxDischargeW, nameplate, nameof(NameplateOverrides.MaxDischargeW));
        Number(nameplate.CapacityWh, Plausibility.LeastCapacityWh, Plausibility.MostCapacityWh);
        Number(nameplate.MaxChargeW, Plausibility.LeastPowerW, Plausibility.MostPowerW);
        Number(nameplate.MaxDischargeW, Plausibility.LeastPowerW, Plausibility.MostPowerW);
        foreach (NameplateField<string> text in (NameplateField<string>[])[nameplate.Manufacturer, nameplate.Model, nameplate.SerialNumber, nameplate.Firmware])
        {
            if (text.IsPresent && (text.Value!.Length == 0 || text.Value.AsSpan().ContainsAnyExceptInRange(' ', '~')))
            {
                throw new FindingException($"a text that is none: {text}");
            }
        }
    }

    private static void Field<T>(NameplateField<T> read, NameplateField<T>? truth, Nameplate nameplate, string name)
        where T : notnull
    {
        if (!read.IsPresent)
        {
            if (string.IsNullOrEmpty(read.Reason)) throw new FindingException($"{name} is not present and does not say why ({read.Source})");
            return;
        }

        if (truth is null || nameplate.Warnings.Any(warning => warning.NeedsPerson && warning.Override == name)) return;
        if (!truth.IsPresent || !Equals(truth.Value, read.Value)) throw new FindingException($"{name} is {truth}, and was read as {read}");
    }

    private static void Number(NameplateField<decimal> read, decimal least, decimal most)
    {
        if (read.IsPresent && (read.Value < least || read.Value > most)) throw new FindingException($"a value that can't be: {read}");
    }
}
