namespace Flip.Edge.Simulator.Cloud;

/// <summary>How a <see cref="MockFlipCloud"/> behaves.</summary>
public sealed record MockFlipCloudOptions
{
    /// <summary>The loopback port to listen on; 0 takes a free one.</summary>
    public int Port { get; init; }

    /// <summary>The client token that is accepted. Set while the cloud runs, it revokes the one before.</summary>
    public string ClientToken { get; set; } = "mock-client-token";

    /// <summary>The client id that <c>POST /token</c> gives access tokens to; null for nobody.</summary>
    public string? ClientId { get; init; }

    /// <summary>The secret of <see cref="ClientId"/>. It may be set while the cloud runs.</summary>
    public string? ClientSecret { get; set; }

    /// <summary>How long an access token of <c>POST /token</c> lives.</summary>
    public TimeSpan TokenLife { get; init; } = TimeSpan.FromHours(1);

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
