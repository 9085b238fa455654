using System.Net.Http.Headers;
using Flip.Edge.Cloud;
using Flip.Edge.Configuration;

namespace Flip.Edge.Otlp;

/// <summary>
/// Headers for the collector, mostly an <c>Authorization</c>: one <c>Name: value</c> on each line of a file, which is read for each request, so that
/// a new key needs no restart.
/// </summary>
internal sealed class OtlpHeaders
{
    private const int LongestFile = 8 * 1024;

    private readonly CredentialFile? _file;

    /// <param name="file">The configured file.</param>
    /// <param name="credentialsDirectory">Where systemd's credentials are, for one that is not configured; null where there is none.</param>
    public OtlpHeaders(string? file, string? credentialsDirectory)
        : this(SystemdCredential.Choose(file, credentialsDirectory, OtlpSettings.Credential, Form))
    {
    }

    private OtlpHeaders(CredentialFile? file) => _file = file;

    /// <summary>All of the file but its path.</summary>
    public static CredentialFile Form { get; } = new("", "file of OTLP headers", "Otlp:HeadersFile", LongestFile);

    /// <summary>What is wrong with the configured file; nothing where none is configured. What systemd hands over is not known here.</summary>
    /// <param name="settings">The collector as configured.</param>
    /// <param name="errors">What is wrong with the configuration itself.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public static async Task<IReadOnlyList<ConfigurationError>> CheckAsync(OtlpSettings? settings, IReadOnlyList<ConfigurationError> errors, CancellationToken cancellationToken)
    {
        if (settings is not { HeadersFile: { } file }) return [];
        // Without an endpoint the file is not used. With a wrong one it is going to be.
        if (settings.Endpoint is null && !errors.Any(error => error.Key == "Otlp:Endpoint")) return [];
        return await WhyUnusableAsync(Form with { Path = file }, cancellationToken) is { } wrong ? [new(Form.Key, wrong)] : [];
    }

    /// <summary>What is wrong with a file; null for nothing.</summary>
    public static async Task<string?> WhyUnusableAsync(CredentialFile file, CancellationToken cancellationToken)
    {
        using HttpRequestMessage request = new();
        return await new OtlpHeaders(file).AddToAsync(request.Headers, cancellationToken);
    }

    /// <summary>Adds the headers to a request.</summary>
    /// <returns>Null; or why the file can't be used, which quotes nothing of it.</returns>
    public async Task<string?> AddToAsync(HttpRequestHeaders headers, CancellationToken cancellationToken)
    {
        if (_file is null) return null;
        CredentialText read = await _file.ReadAsync(cancellationToken);
        if (read.Text is null) return read.Error;
        int number = 0;
        foreach (string line in read.Text.Split('\n'))
        {
            number++;
            if (string.IsNullOrWhiteSpace(line)) continue;
            int colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon <= 0 || !headers.TryAddWithoutValidation(line[..colon].Trim(), line[(colon + 1)..].Trim()))
            {
                return _file.Error($"holds something else in line {number}: Name: value is expected.").Error;
            }
        }

        return null;
    }
}
