using Flip.Edge.Cloud;

namespace Flip.Edge.Configuration;

internal static class FlipSection
{
    private const string Production = "https://api.flip.energy";

    public static FlipSettings Read(SectionReader section)
    {
        string text = section.Text("BaseUrl") ?? Production;
        if (!FlipBaseUrl.TryParse(text, out Uri? baseUrl, out string? error)) section.Fail("BaseUrl", error);
        string? tokenFile = section.Text("TokenFile");
        if (tokenFile is not null && !Path.IsPathRooted(tokenFile))
        {
            // Not quoted: it may be the token itself, pasted into the wrong place.
            section.Fail("TokenFile", "is no absolute path (it is not shown here, in case it is the token itself): name the file that holds the client token");
        }

        section.Unwanted("Token", "does not belong into the configuration: put the client token into a file of mode 0600 and name it in Flip:TokenFile, or use the systemd credential flip-client-token");
        InputPowerIs input = section.Choice("InputPowerIs", InputPowerIs.Charge);
        section.Close();
        return new(baseUrl ?? new Uri(Production), tokenFile, input);
    }
}
