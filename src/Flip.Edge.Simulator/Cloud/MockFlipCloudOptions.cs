namespace Flip.Edge.Simulator.Cloud;

/// <summary>How a <see cref="MockFlipCloud"/> behaves.</summary>
public sealed record MockFlipCloudOptions
{
    /// <summary>The loopback port to listen on; 0 takes a free one.</summary>
    public int Port { get; init; }

    /// <summary>The client token that is accepted.</summary>
    public string ClientToken { get; init; } = "mock-client-token";

    /// <summary>Applied to the commission requests in turn, one each; when they are used up, everything works.</summary>
    public IReadOnlyList<MockFault> Faults { get; init; } = [];

    /// <summary>
    /// The status of the enrollment in the answer. Null: ACTIVE when the request has <c>can_auto_enroll</c>, else no enrollment.
    /// </summary>
    public string? EnrollmentStatus { get; init; }

    /// <summary>Told of each commission request, before its answer is sent.</summary>
    public Action<MockRequest>? OnRequest { get; init; }

    /// <summary>The cloud's clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}
