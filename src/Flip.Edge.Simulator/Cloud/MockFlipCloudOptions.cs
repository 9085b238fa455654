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

    /// <summary>Decides the fault of every request to every endpoint. Given, it takes the place of <see cref="Faults"/>.</summary>
    public Func<MockFaultContext, MockFault>? Script { get; init; }

    /// <summary>Given, the cloud speaks https with these certificates; else http.</summary>
    public MockCertificates? Certificates { get; init; }

    /// <summary>Which certificate a connection is shown; connections count from 1. Null: always the good one.</summary>
    public Func<int, MockCertificate>? CertificateOf { get; init; }

    /// <summary>
    /// The status of the enrollment in the answer. Null: ACTIVE when the request has <c>can_auto_enroll</c>, else no enrollment.
    /// </summary>
    public string? EnrollmentStatus { get; init; }

    /// <summary>Told of each commission request, before its answer is sent.</summary>
    public Action<MockRequest>? OnRequest { get; init; }

    /// <summary>Told of each request to any endpoint as soon as it has come, before anything is done with it.</summary>
    public Action<MockFaultContext>? OnArrival { get; init; }

    /// <summary>Told of each request to any endpoint once it had its effect, before its answer is sent.</summary>
    public Action<MockExchange>? OnAnswering { get; init; }

    /// <summary>Told of each request to any endpoint once its answer was handed to the connection, or the connection was dropped.</summary>
    public Action<MockFaultContext>? OnAnswered { get; init; }

    /// <summary>The cloud's clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}
