using System.Collections.Concurrent;
using System.Text;
using Flip.Edge.Cloud;

namespace Flip.Edge.Tests.Support;

/// <summary>A cloud that answers what it was told to, in order, and keeps what it was sent and asked, and when.</summary>
internal sealed class ScriptedFlip(TimeProvider time, params CommissionOutcome[] outcomes) : IFlipClient, IFlipSites
{
    private readonly ConcurrentQueue<FlipAnswer<SiteRecord?>> _records = new();
    private int _next;

    public ConcurrentQueue<(byte[] Body, DateTimeOffset At)> Sent { get; } = new();

    /// <summary>When it was asked for the site.</summary>
    public ConcurrentQueue<DateTimeOffset> Asked { get; } = new();

    /// <summary>The devices that it was asked to add.</summary>
    public ConcurrentQueue<string> Added { get; } = new();

    /// <summary>What it answers to a device that is added; by default it takes it.</summary>
    public FlipAnswer<bool> AnswerToAdding { get; set; } = new FlipAnswer<bool>.Given(true);

    /// <summary>What it answers when asked for the programs.</summary>
    public FlipAnswer<IReadOnlyList<FlipProgram>> Programs { get; set; } = new FlipAnswer<IReadOnlyList<FlipProgram>>.Given(Success.Response.Programs);

    /// <summary>What happens here while it is being asked for the site.</summary>
    public Action WhileAsked { get; set; } = () => { };

    /// <summary>The ZIP code that the programs were asked for with.</summary>
    public string? ZipCode { get; private set; }

    public static CommissionOutcome.Commissioned Success { get; } = new(
        CommissionSerializer.DeserializeResponse(
            """
            {"programs":[{"id":"p-1","name":"Demo Program"}],
             "enrollment":{"id":"e-1","program_id":"p-1","status":"ACTIVE","enroll_method":"AUTO_ENROLL","device_ids":["xyz-123"],
                           "program_specific_attributes":[{"name":"account_id","value":"123456-0"}]}}
            """u8), []);

    public static CommissionOutcome Lost { get; } =
        new CommissionOutcome.Transient(TransientCause.ConnectionLost, "reset", null, MayHaveArrived: true);

    public static CommissionOutcome Conflict { get; } = new CommissionOutcome.Conflict("HTTP 409: exists");

    public static CommissionOutcome Refused { get; } =
        new CommissionOutcome.Transient(TransientCause.Connect, "connection refused", null, MayHaveArrived: false);

    public static CommissionOutcome Unavailable(TimeSpan? retryAfter = null) =>
        new CommissionOutcome.Transient(TransientCause.ServerError, "HTTP 503: no body", retryAfter, MayHaveArrived: true);

    /// <summary>An enrollment of the site.</summary>
    public static Cloud.Enrollment Enrollment(string status, string? reason = null, string id = "e-1") =>
        Success.Response.Enrollment! with { Id = id, Status = new(status), StatusReason = reason };

    /// <summary>The next question for the site is answered that there is none.</summary>
    public ScriptedFlip HasNoSite() => Answers(new FlipAnswer<SiteRecord?>.Given(null));

    /// <summary>The next question for the site is answered with these devices.</summary>
    public ScriptedFlip HasSite(params (string Id, string? Serial)[] devices) => HasSite([Enrollment("ACTIVE")], devices);

    /// <summary>The next question for the site is answered with these enrollments and devices.</summary>
    public ScriptedFlip HasSite(Cloud.Enrollment[] enrollments, params (string Id, string? Serial)[] devices) => Answers(new FlipAnswer<SiteRecord?>.Given(
        new("abc-789", [.. devices.Select(device => new SiteDevice { Id = device.Id, SerialNumber = device.Serial })], enrollments)));

    /// <summary>The next question for the site comes to nothing.</summary>
    public ScriptedFlip CannotBeAsked(CommissionOutcome why) => Answers(new FlipAnswer<SiteRecord?>.Failed(why));

    public Task<CommissionOutcome> CommissionAsync(ReadOnlyMemory<byte> frozenBody, CancellationToken cancellationToken)
    {
        Sent.Enqueue((frozenBody.ToArray(), time.GetUtcNow()));
        int index = Interlocked.Increment(ref _next) - 1;
        if (index < outcomes.Length) return Task.FromResult(outcomes[index]);
        throw new InvalidOperationException($"try {index + 1} was not expected: {Encoding.UTF8.GetString(frozenBody.Span)}");
    }

    public Task<FlipAnswer<SiteRecord?>> FindAsync(string siteId, CancellationToken cancellationToken)
    {
        Asked.Enqueue(time.GetUtcNow());
        WhileAsked();
        return _records.TryDequeue(out FlipAnswer<SiteRecord?>? answer)
            ? Task.FromResult(answer)
            : throw new InvalidOperationException($"question {Asked.Count} for {siteId} was not expected");
    }

    public Task<FlipAnswer<IReadOnlyList<FlipProgram>>> ProgramsAsync(string siteId, string? zipCode, CancellationToken cancellationToken)
    {
        ZipCode = zipCode;
        return Task.FromResult(Programs);
    }

    public Task<FlipAnswer<bool>> AddDeviceAsync(string siteId, ReadOnlyMemory<byte> device, CancellationToken cancellationToken)
    {
        Added.Enqueue(Encoding.UTF8.GetString(device.Span));
        return Task.FromResult(AnswerToAdding);
    }

    private ScriptedFlip Answers(FlipAnswer<SiteRecord?> answer)
    {
        _records.Enqueue(answer);
        return this;
    }
}
