namespace Flip.Edge.Simulator.Devices;

/// <summary>A named device that the simulator can play.</summary>
/// <param name="Name">For <c>--image</c>.</param>
/// <param name="Description">One line: what a reader should find.</param>
/// <param name="CreateMap">Makes a fresh map, so that what one run writes another doesn't see.</param>
public sealed record DeviceImage(string Name, string Description, Func<DeviceRegisters> CreateMap);
