using Flip.Edge.Modbus;

namespace Flip.Edge.Devices.Profiles.Reading;

/// <summary>What came in place of registers, in words.</summary>
internal static class Refusal
{
    /// <summary>True for exceptions 10 and 11: it is the gateway that answers, and no device.</summary>
    public static bool IsOfGateway(ModbusException failure) =>
        failure is ModbusDeviceException { Code: ModbusExceptionCode.GatewayPathUnavailable or ModbusExceptionCode.GatewayTargetNoResponse };

    /// <summary>For example <c>is not served: exception 2, which a firmware without it answers</c>.</summary>
    public static string Text(ModbusException? failure) => failure switch
    {
        null => "lies outside of the address space",
        ModbusDeviceException { Code: ModbusExceptionCode.IllegalDataAddress } => "is not served by this device or its firmware (exception 2)",
        ModbusDeviceException { Code: ModbusExceptionCode.IllegalFunction } => "is not served: the device does not know this function (exception 1)",
        ModbusDeviceException { Code: ModbusExceptionCode.IllegalDataValue } => "is not served: the device refuses a read of this length (exception 3)",
        ModbusDeviceException { Code: ModbusExceptionCode.DeviceFailure } => "could not be read: the device failed at it (exception 4)",
        ModbusDeviceException gateway when IsOfGateway(gateway) => $"is not served: no device answers there (exception {(byte)gateway.Code}); check the unit id",
        ModbusDeviceException other => $"could not be read: exception {(byte)other.Code}",
        ModbusTimeoutException => "is not served: the device stays silent when asked for it",
        _ => failure.Message,
    };
}
