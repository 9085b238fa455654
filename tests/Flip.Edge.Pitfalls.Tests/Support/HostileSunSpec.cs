using Flip.Edge.Devices.Nameplates;
using Flip.Edge.Devices.SunSpec;
using Flip.Edge.Modbus;
using Flip.Edge.Simulator.Devices;
using Flip.Edge.Simulator.Hostile;
using Flip.Edge.Simulator.Hostile.Data;

namespace Flip.Edge.Pitfalls.Support;

/// <summary>Reads simulated SunSpec devices upon which a behaviour is put, without a wire and without waiting.</summary>
internal static class HostileSunSpec
{
    /// <summary>The device of an image, behind the behaviour of that name.</summary>
    public static IRegisterBank Device(string behaviour, string image = "hybrid", DeviceWire wire = DeviceWire.Tcp)
    {
        SimulatedDevice device = new(DeviceImages.Find(image)!.CreateMap(), wire);
        DataBehaviour found = Assert.IsType<DataBehaviour>(Behaviours.Find(behaviour));
        return found.Wrap(device);
    }

    public static Task<Nameplate> ReadAsync(string behaviour, string image = "hybrid", int registersPerRead = 125) =>
        ReadAsync(Device(behaviour, image), registersPerRead: registersPerRead);

    public static async Task<Nameplate> ReadAsync(IRegisterBank bank, byte unit = 1, int registersPerRead = 125)
    {
        await using BankClient client = new(bank, options: new() { RegistersPerRead = registersPerRead });
        return (await new SunSpecNameplateReader(new InstantTime()).ReadAsync(client, unit, TestContext.Current.CancellationToken)).Nameplate;
    }

    /// <summary>The nameplate of the image "hybrid", complete and without a question.</summary>
    public static void AssertHybrid(Nameplate nameplate)
    {
        Assert.Equal("DeviceMaker", nameplate.Manufacturer.Value);
        Assert.Equal("Model 1", nameplate.Model.Value);
        Assert.Equal("123456789", nameplate.SerialNumber.Value);
        Assert.Equal(15_000m, nameplate.CapacityWh.Value);
        Assert.Equal("SunSpec 802 WHRtg", nameplate.CapacityWh.Source);
        Assert.Equal(6000m, nameplate.MaxChargeW.Value);
        Assert.Equal(7500m, nameplate.MaxDischargeW.Value);
        Assert.DoesNotContain(nameplate.Warnings, warning => warning.NeedsPerson);
    }

    /// <summary>A field that there is no value for, and a sentence that says why.</summary>
    public static void AssertInvalid<T>(NameplateField<T> field, string why)
        where T : notnull
    {
        Assert.Equal(FieldState.Invalid, field.State);
        Assert.Contains(why, field.Reason, StringComparison.Ordinal);
    }
}
