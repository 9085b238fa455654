using Flip.Edge.Storage;

namespace Flip.Edge.Commissioning;

/// <summary>The devices as they were commissioned.</summary>
internal sealed class CommissionedDevices(CommissioningStore store)
{
    /// <summary>The device of this id, or null when it is not commissioned.</summary>
    public CommissionedDevice? Find(string id) =>
        store.Current.Outbox is { SettledAs: "commissioned" } done ? done.Devices.FirstOrDefault(device => device.Id == id) : null;
}
