using System.Text;
using Flip.Edge.Cloud;
using Flip.Edge.Commissioning;
using Flip.Edge.Configuration;
using Flip.Edge.Simulator.Cloud;
using Flip.Edge.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Flip.Edge.Tests.Commissioning;

/// <summary>The client of Flip's cloud as the daemon makes it from each kind of credential.</summary>
public sealed class FlipConnectionTests : IDisposable
{
    private static readonly byte[] NoBody = Encoding.UTF8.GetBytes("{}");

    private readonly TempDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task One_client_commissions_and_asks_for_sites_with_an_access_token()
    {
        await using MockFlipCloud cloud = await StartAsync(new() { ClientToken = "nobodys", ClientId = "id", ClientSecret = "secret" });
        cloud.Ledger.Seed("abc-789");
        _directory.Write("secret", "secret");
        await using ServiceProvider services = Services(cloud.BaseUrl, new CredentialSettings.OAuth(new(cloud.BaseUrl, "/token"), "id", _directory.File("secret")));

        Assert.IsType<FlipAnswer<SiteRecord?>.Given>(await services.GetRequiredService<IFlipSites>().FindAsync("abc-789", TestContext.Current.CancellationToken));
        Assert.IsType<CommissionOutcome.Invalid>(await CommissionAsync(services));

        Assert.Single(cloud.Ledger.Calls, call => call.Path == "/token");
    }

    [Fact]
    public async Task A_relays_certificate_that_is_missing_is_named_and_nothing_is_sent()
    {
        await using MockFlipCloud cloud = await StartAsync(new());
        string missing = _directory.File("gateway.pem");
        await using ServiceProvider services = Services(cloud.BaseUrl, new CredentialSettings.Relay(missing, missing, null));

        var outcome = Assert.IsType<CommissionOutcome.Unauthorized>(await CommissionAsync(services));

        Assert.Equal((null, "client certificate"), (outcome.Status, outcome.Credential));
        Assert.Contains($"The certificate file {missing} does not exist", outcome.Detail, StringComparison.Ordinal);
        Assert.Empty(cloud.Ledger.Calls);
    }

    [Fact]
    public async Task The_time_out_is_the_configured_one()
    {
        await using MockFlipCloud cloud = await StartAsync(new() { Faults = MockFaultParser.Parse("delay:60000") });
        _directory.Write("token", new MockFlipCloudOptions().ClientToken);
        await using ServiceProvider services = Services(cloud.BaseUrl, new CredentialSettings.Token(_directory.File("token")));

        var outcome = Assert.IsType<CommissionOutcome.Transient>(await CommissionAsync(services));

        Assert.Equal((TransientCause.Timeout, "no answer within 1 s"), (outcome.Cause, outcome.Detail));
    }

    private static Task<MockFlipCloud> StartAsync(MockFlipCloudOptions options) => MockFlipCloud.StartAsync(options, TestContext.Current.CancellationToken);

    private static Task<CommissionOutcome> CommissionAsync(ServiceProvider services) =>
        services.GetRequiredService<IFlipClient>().CommissionAsync(NoBody, TestContext.Current.CancellationToken);

    private static ServiceProvider Services(Uri baseUrl, CredentialSettings credential)
    {
        ServiceCollection services = new();
        services.AddSingleton(TimeProvider.System);
        services.AddFlip(new(baseUrl, credential, InputPowerIs.Charge, TimeSpan.FromSeconds(1)));
        return services.BuildServiceProvider();
    }
}
