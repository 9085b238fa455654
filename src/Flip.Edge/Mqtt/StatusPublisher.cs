using Flip.Edge.Enrollment;
using Flip.Edge.Supervision;

namespace Flip.Edge.Mqtt;

/// <summary>
/// Publishes the status as retained topics. One connect loop of our own, outside of the library's handlers (MQTTnet#647); everything
/// is published anew on each connect, and on a change only what changed. A broker that is away holds nothing else up.
/// </summary>
internal sealed partial class StatusPublisher(
    BrokerConnector connector, BrokerSession session, BrokerReport report, RetainedMessages messages, IEnrollmentFeed feed, MqttState state, ChangeSignal changes,
    TimeProvider time, Func<double> random, ILogger<StatusPublisher> log) : BackgroundService
{
    private readonly BrokerPace _pace = new(time, random);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(FollowFeedAsync(stoppingToken), ConnectLoopAsync(stoppingToken));

    private async Task FollowFeedAsync(CancellationToken stoppingToken)
    {
        try
        {
            await foreach (EnrollmentSnapshot snapshot in feed.SubscribeAsync(null, stoppingToken))
            {
                messages.Enrollment = snapshot;
                changes.Raise();
            }
        }
#pragma warning disable CA1031 // The other topics go on; without this line nobody would know why this one doesn't.
        catch (Exception broken) when (broken is not OperationCanceledException)
#pragma warning restore CA1031
        {
            LogFeedBroken(broken);
        }
    }

    private async Task ConnectLoopAsync(CancellationToken stoppingToken)
    {
        using IDisposable? step = Progress.Doing("its connection");
        report.Begin();
        while (true)
        {
            BrokerException why;
            try
            {
                using BrokerConnection connection = await OpenAsync(stoppingToken);
                _pace.Connected();
                why = await session.RunAsync(connection, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
#pragma warning disable CA1031 // Whatever the broker or the library does, the status is published again as soon as it can be.
            catch (Exception failed)
#pragma warning restore CA1031
            {
                why = BrokerException.Of(failed, BrokerLogin.None);
            }

            bool wasStable = _pace.Ended(why);
            if (_pace.LooksTakenOver)
            {
                why = new(BrokerTrouble.TakenOver, "the broker cuts the connection without a word, again and again, soon after it has accepted it: another client may use the same client id, or this user may not publish under Mqtt:TopicPrefix");
            }

            report.Lost(why, wasStable);
            await PauseAsync(_pace.Next(why.Trouble), stoppingToken);
        }
    }

    private async Task<BrokerConnection> OpenAsync(CancellationToken stoppingToken)
    {
        using IDisposable? step = Progress.Doing("connecting");
        return await connector.OpenAsync(stoppingToken);
    }

    private async Task PauseAsync(TimeSpan pause, CancellationToken stoppingToken)
    {
        using CancellationTokenSource over = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        using IDisposable? step = Progress.Waiting("before the next try");
        await Task.WhenAny(Task.Delay(pause, time, over.Token), state.TryAgain.Next);
        await over.CancelAsync();
        stoppingToken.ThrowIfCancellationRequested();
    }

    [LoggerMessage(302, LogLevel.Error, "The enrollment can't be read from the database and is no longer published; the other topics are")]
    private partial void LogFeedBroken(Exception exception);
}
