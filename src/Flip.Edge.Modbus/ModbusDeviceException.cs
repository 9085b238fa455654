namespace Flip.Edge.Modbus;

/// <summary>Exception codes of the Modbus Application Protocol V1.1b3, chapter 7.</summary>
public enum ModbusExceptionCode : byte
{
    /// <summary>1: the device does not know the function code.</summary>
    IllegalFunction = 1,

    /// <summary>2: these registers do not exist, or may not be read together.</summary>
    IllegalDataAddress = 2,

    /// <summary>3: the count or the value is not allowed.</summary>
    IllegalDataValue = 3,

    /// <summary>4: the device failed while it worked on the request.</summary>
    DeviceFailure = 4,

    /// <summary>5: accepted, but it takes long.</summary>
    Acknowledge = 5,

    /// <summary>6: the device is busy; try again.</summary>
    DeviceBusy = 6,

    /// <summary>7: negative acknowledge (older specifications).</summary>
    NegativeAcknowledge = 7,

    /// <summary>8: parity error in the device's memory.</summary>
    MemoryParityError = 8,

    /// <summary>10: the gateway found no path to the unit.</summary>
    GatewayPathUnavailable = 10,

    /// <summary>11: the unit behind the gateway did not answer: most often a wrong unit id.</summary>
    GatewayTargetNoResponse = 11,
}

/// <summary>The device answered with a Modbus exception.</summary>
public sealed class ModbusDeviceException(ModbusRequestInfo request, ModbusExceptionCode code)
    : ModbusException(request, Sentence(code))
{
    /// <summary>The code as the device sent it; codes outside the enum are kept.</summary>
    public ModbusExceptionCode Code { get; } = code;

    private static string Sentence(ModbusExceptionCode code) => code switch
    {
        ModbusExceptionCode.IllegalFunction => "exception 1, the device does not know this function",
        ModbusExceptionCode.IllegalDataAddress => "exception 2, the device has no such registers, or not in one read",
        ModbusExceptionCode.IllegalDataValue => "exception 3, the device refuses this count or value",
        ModbusExceptionCode.DeviceFailure => "exception 4, the device failed while answering",
        ModbusExceptionCode.Acknowledge => "exception 5, the device accepted the request but needs longer",
        ModbusExceptionCode.DeviceBusy => "exception 6, the device is busy; try again",
        ModbusExceptionCode.NegativeAcknowledge => "exception 7, the device refuses to do this",
        ModbusExceptionCode.MemoryParityError => "exception 8, the device reports a fault in its memory",
        ModbusExceptionCode.GatewayPathUnavailable => "exception 10, the inverter, dongle or serial server has no path to this unit; check the unit id",
        ModbusExceptionCode.GatewayTargetNoResponse => "exception 11, no device answers behind the inverter, dongle or serial server; check the unit id",
        _ => $"exception {(byte)code}, which the Modbus specification does not define",
    };
}
