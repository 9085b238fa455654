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
            section.Fail("TokenFile", $"is \"{tokenFile}\", and has to be an absolute path");
        }

        section.Unwanted("Token", "does not belong into the configuration: put the client token into a file of mode 0600 and name it in Flip:TokenFile, or use the systemd credential flip-client-token");
        InputPowerIs input = section.Choice("InputPowerIs", InputPowerIs.Charge);
        section.Close();
        return new(baseUrl ?? new Uri(Production), tokenFile, input);
    }
}
