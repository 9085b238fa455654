namespace Flip.Edge.Cloud.Tests;

internal static class Sample
{
    public const string Token = "s3cret-client-token-0123456789";

    public static readonly DateTimeOffset Now = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    public static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static SiteCreate Site => new()
    {
        Id = "abc-789",
        FirstName = "Johanna",
        LastName = "Doe",
        Email = "johanna.doe@example.com",
        StateCode = "CA",
        City = "San Francisco",
        ZipCode = "88800",
        StreetAddress = "123 Main St",
    };

    public static DeviceCreate Device => new()
    {
        Id = "xyz-123",
        SiteId = "abc-789",
        ManufacturerName = "DeviceMaker",
        ProductName = "Model 1",
        SerialNumber = "123456789",
        Type = DeviceType.Battery,
        Attributes = BatteryPowerMapping.ToAttributes(15000, 6000, 7500, InputPowerIs.Charge),
        InstallDate = new(2026, 11, 19, 15, 30, 0, TimeSpan.FromHours(-7)),
    };

    public static CommissionRequest Request => CommissionRequestBuilder.Build(Site, [Device], canAutoEnroll: true);

    public static byte[] Body => CommissionSerializer.Serialize(Request);

    public static FlipClient Client(Uri baseUrl, TimeSpan? timeout = null, TimeProvider? time = null, string? token = Token) =>
        new(new() { BaseUrl = baseUrl, Timeout = timeout ?? TimeSpan.FromSeconds(20) }, new FixedToken(token), time ?? TimeProvider.System);

    internal sealed class FixedToken(string? token) : IFlipCredential
    {
        public string Name => "client token";

        public string? CopyOf => null;

        public ValueTask<CredentialResult> GetAsync(CancellationToken cancellationToken)
        {
            if (token is null) return ValueTask.FromResult<CredentialResult>(CredentialResult.Unusable.Missing("There is no token."));
            Assert.True(BearerToken.TryParse(token, out BearerToken? parsed, out _));
            return ValueTask.FromResult<CredentialResult>(new CredentialResult.Bearer(parsed));
        }

        public ValueTask<CredentialResult?> RenewAsync(BearerToken refused, CancellationToken cancellationToken) =>
            ValueTask.FromResult<CredentialResult?>(null);
    }
}
