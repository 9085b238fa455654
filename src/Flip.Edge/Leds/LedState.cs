using Flip.Edge.Commissioning;
using Flip.Edge.Storage;

namespace Flip.Edge.Leds;

/// <summary>What the LED tells a person on a ladder.</summary>
internal enum LedState
{
    /// <summary>For somebody to start, for a device, or for the clock.</summary>
    Waiting,

    /// <summary>It was started and goes on by itself.</summary>
    Working,

    /// <summary>Done.</summary>
    Commissioned,

    /// <summary>A person is needed; <c>flip-edge status</c> says for what.</summary>
    Attention,
}

internal static class LedStates
{
    /// <summary>As the status has it.</summary>
    public static string Name(LedState state) => state.ToString().ToLowerInvariant();

    /// <summary>
    /// A disk that can't be written needs a person whatever else there is: a press would not be accepted. So does a missing credential until the
    /// site is commissioned: a press would come to nothing.
    /// </summary>
    public static LedState Of(CommissioningRecord record, StorageHealth storage, CredentialStatus credential) => record.State switch
    {
        _ when storage.IsFailing => LedState.Attention,
        CommissioningState.Attention => LedState.Attention,
        CommissioningState.Commissioned => LedState.Commissioned,
        _ when credential.Reason is not null => LedState.Attention,
        CommissioningState.Waiting when record.Reason?.Code != StateReason.Requested.Code => LedState.Waiting,
        _ => LedState.Working,
    };
}
