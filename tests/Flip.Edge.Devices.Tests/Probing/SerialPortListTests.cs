using Flip.Edge.Devices.Probing;

namespace Flip.Edge.Devices.Tests.Probing;

/// <summary>ttyUSB0 becomes ttyUSB1 (foxess_modbus#925): a port is offered by the name that stays.</summary>
public sealed class SerialPortListTests : IDisposable
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("flip-edge-dev-");

    [Fact]
    public void A_port_is_offered_once_by_its_id_else_by_its_path_else_by_its_bare_name()
    {
        Device("ttyUSB0");
        Device("ttyUSB1");
        Device("ttyACM0");
        Device("ttyAMA0");
        Device("tty0");
        Device("ttyUSBX");
        Link("by-id", "usb-FTDI_FT232R_A5069RR4-if00-port0", "ttyUSB0");
        Link("by-id", "usb-gone", "ttyUSB9");
        Link("by-path", "platform-3f980000.usb-usb-0:1.2:1.0-port0", "ttyUSB0");
        Link("by-path", "platform-3f980000.usb-usb-0:1.3:1.0-port0", "ttyUSB1");

        Assert.Equal(
            [
                ("serial/by-id/usb-FTDI_FT232R_A5069RR4-if00-port0", "ttyUSB0", true),
                ("serial/by-path/platform-3f980000.usb-usb-0:1.3:1.0-port0", "ttyUSB1", true),
                ("ttyACM0", "ttyACM0", false),
                ("ttyAMA0", "ttyAMA0", false),
            ],
            Read());
    }

    [Fact]
    public void A_ttyS_without_hardware_is_not_offered()
    {
        Device("ttyS0");
        Device("ttyS1");
        Type("ttyS0", "4");
        Type("ttyS1", "0");

        Assert.Equal([("ttyS0", "ttyS0", false)], Read());
    }

    [Fact]
    public void A_machine_without_serial_ports_has_none() => Assert.Empty(Read());

    public void Dispose() => _root.Delete(recursive: true);

    private IEnumerable<(string Path, string Device, bool IsStable)> Read() => SerialPortList.Read(Dev, Path.Combine(_root.FullName, "sys"))
        .Select(port => (Path.GetRelativePath(Dev, port.Path), Path.GetRelativePath(Dev, port.Device), port.IsStable));

    private string Dev => Directory.CreateDirectory(Path.Combine(_root.FullName, "dev")).FullName;

    private void Device(string name) => File.WriteAllText(Path.Combine(Dev, name), "");

    private void Link(string folder, string name, string device) => File.CreateSymbolicLink(
        Path.Combine(Directory.CreateDirectory(Path.Combine(Dev, "serial", folder)).FullName, name), $"../../{device}");

    private void Type(string name, string type) => File.WriteAllText(
        Path.Combine(Directory.CreateDirectory(Path.Combine(_root.FullName, "sys", name)).FullName, "type"), type + "\n");
}
