using System.Collections.Concurrent;
using System.Text;
using Flip.Edge.Cloud;

namespace Flip.Edge.Tests.Support;

/// <summary>A cloud that answers what it was told to, in order, and keeps what it was sent and when.</summary>
internal sealed class ScriptedFlip(TimeProvider time, params CommissionOutcome[] outcomes) : IFlipClient
{
    private int _next;

    public ConcurrentQueue<(byte[] Body, DateTimeOffset At)> Sent { get; } = new();

    public static CommissionOutcome.Commissioned Success { get; } = new(
        CommissionSerializer.DeserializeResponse(
            """
            {"programs":[{"id":"p-1","name":"Demo Program"}],
             "enrollment":{"id":"e-1","program_id":"p-1","status":"ACTIVE","enroll_method":"AUTO_ENROLL","device_ids":["xyz-123"],
                           "program_specific_attributes":[{"name":"account_id","value":"123456-0"}]}}
            """u8), []);

    public static CommissionOutcome Unavailable(TimeSpan? retryAfter = null) =>
        new CommissionOutcome.Transient(TransientCause.ServerError, "HTTP 503: no body", retryAfter, MayHaveArrived: true);

    public static CommissionOutcome Refused { get; } =
        new CommissionOutcome.Transient(TransientCause.Connect, "connection refused", null, MayHaveArrived: false);

    public Task<CommissionOutcome> CommissionAsync(ReadOnlyMemory<byte> frozenBody, CancellationToken cancellationToken)
    {
        Sent.Enqueue((frozenBody.ToArray(), time.GetUtcNow()));
        int index = Interlocked.Increment(ref _next) - 1;
        if (index < outcomes.Length) return Task.FromResult(outcomes[index]);
        throw new InvalidOperationException($"try {index + 1} was not expected: {Encoding.UTF8.GetString(frozenBody.Span)}");
    }
}
