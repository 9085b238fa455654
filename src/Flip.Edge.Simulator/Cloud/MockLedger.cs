using System.Text.Json;

namespace Flip.Edge.Simulator.Cloud;

/// <summary>What the mock cloud knows. Safe for concurrent use; every list is a copy.</summary>
public sealed class MockLedger
{
    private readonly Lock _lock = new();
    private readonly List<MockSite> _sites = [];
    private readonly List<MockRequest> _requests = [];
    private readonly List<MockFinding> _findings = [];
    private readonly List<MockCall> _calls = [];
    private int _received;

    /// <summary>The sites, in the order in which they were commissioned.</summary>
    public IReadOnlyList<MockSite> Sites => Locked(() => _sites.ToArray());

    /// <summary>The commission requests, in the order of their answers.</summary>
    public IReadOnlyList<MockRequest> Requests => Locked(() => _requests.ToArray());

    /// <summary>Every slip against the contract.</summary>
    public IReadOnlyList<MockFinding> Findings => Locked(() => _findings.ToArray());

    /// <summary>How many commission requests came, whatever was answered.</summary>
    public int CommissionRequests => Locked(() => _received);

    /// <summary>Every request to any endpoint, in the order of arrival.</summary>
    public IReadOnlyList<MockCall> Calls => Locked(() => _calls.ToArray());

    internal MockTokens Tokens { get; } = new();

    /// <summary>Puts a site there by hand, as if somebody had commissioned it long ago.</summary>
    /// <param name="siteId">Its id.</param>
    /// <param name="devices">Its devices, JSON objects with an <c>id</c> at least; they are given back as they are.</param>
    /// <exception cref="ArgumentException">The id of the site or of a device is taken.</exception>
    public void Seed(string siteId, params IReadOnlyList<string> devices)
    {
        string site = new System.Text.Json.Nodes.JsonObject { ["id"] = siteId }.ToJsonString();
        if (!TryCommit(new(siteId, site, devices, null, DateTimeOffset.UnixEpoch, "")))
            throw new ArgumentException($"the site {siteId} or one of its devices is there already", nameof(siteId));
    }

    /// <summary>Takes back every access token that <c>POST /token</c> has issued.</summary>
    public void RevokeAccessTokens() => Tokens.RevokeAll();

    /// <summary>Removes a site with its devices, as support would.</summary>
    /// <param name="siteId">The site.</param>
    /// <returns>False when there is no such site.</returns>
    public bool Remove(string siteId) => Locked(() => _sites.RemoveAll(site => site.Id == siteId) > 0);

    /// <summary>Replaces a site's enrollment, as a utility's decision would.</summary>
    /// <param name="siteId">The site.</param>
    /// <param name="status">The new status, such as <c>REJECTED</c>.</param>
    /// <returns>False when there is no such site.</returns>
    public bool SetEnrollment(string siteId, string status) => Locked(() =>
    {
        int index = _sites.FindIndex(site => site.Id == siteId);
        if (index < 0) return false;
        MockSite site = _sites[index];
        bool auto = site.Enrollment?.Contains("AUTO_ENROLL", StringComparison.Ordinal) ?? false;
        _sites[index] = site with { Enrollment = PageAnswer.Enrollment(site.Id, DeviceIds(site), status, auto, site.CommissionedAt).ToJsonString() };
        return true;
    });

    internal int Receive() => Interlocked.Increment(ref _received);

    internal void Add(MockCall call) => Locked(() => _calls.Add(call));

    internal void Add(MockRequest request) => Locked(() => _requests.Add(request));

    internal void Add(IEnumerable<MockFinding> findings) => Locked(() => _findings.AddRange(findings));

    internal MockSite? Site(string id) => Locked(() => _sites.Find(site => site.Id == id));

    /// <summary>Adds the site unless its id, or the id of one of its devices, is taken.</summary>
    internal bool TryCommit(MockSite site) => Locked(() =>
    {
        HashSet<string> devices = [.. _sites.SelectMany(DeviceIds)];
        if (_sites.Exists(other => other.Id == site.Id) || DeviceIds(site).Any(devices.Contains)) return false;
        _sites.Add(site);
        return true;
    });

    /// <summary>Adds the device unless its id is taken; null when there is no such site.</summary>
    internal bool? TryAddDevice(string siteId, string device) => Locked<bool?>(() =>
    {
        int index = _sites.FindIndex(site => site.Id == siteId);
        if (index < 0) return null;
        MockSite extended = _sites[index] with { Devices = [.. _sites[index].Devices, device] };
        if (_sites.SelectMany(DeviceIds).Contains(DeviceIds(extended)[^1])) return false;
        _sites[index] = extended;
        return true;
    });

    internal static string[] DeviceIds(MockSite site) =>
        [.. site.Devices.Select(device => JsonDocument.Parse(device).RootElement.GetProperty("id").GetString()!)];

    private T Locked<T>(Func<T> read)
    {
        lock (_lock) return read();
    }

    private void Locked(Action write)
    {
        lock (_lock) write();
    }
}
