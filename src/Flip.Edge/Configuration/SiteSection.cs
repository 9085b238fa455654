using Flip.Edge.Cloud;

namespace Flip.Edge.Configuration;

internal static class SiteSection
{
    public static SiteSettings Read(SectionReader section)
    {
        SiteSettings site = new(
            section.Id("Id", "the id of this site in your own system, as Flip will know it"),
            section.Text("FirstName"),
            section.Text("LastName"),
            section.Text("CompanyName"),
            section.Text("Email"),
            section.Text("StateCode")?.ToUpperInvariant(),
            section.Text("City"),
            section.Text("ZipCode"),
            section.Text("StreetAddress"),
            section.Text("StreetAddress2"));
        if (site.StateCode is not null && !UsStateCodes.All.Contains(site.StateCode))
        {
            // Two letters are quoted; an address that was typed into the wrong field would end up in the log.
            string found = site.StateCode.Length == 2 ? $"is \"{site.StateCode}\"" : $"has {Counted.Of(site.StateCode.Length, "character")}";
            section.Fail("StateCode", $"{found}, and has to be one of Flip's two-letter codes: {string.Join(' ', UsStateCodes.All)}");
        }

        if (site.Email is not null && !EmailAddress.IsPlausible(site.Email))
        {
            section.Fail("Email", "is no e-mail address: name@example.com is expected");
        }

        section.Forbidden("ServiceAccountId", "is deprecated by Flip and is not sent; remove it");
        section.Close();
        return site;
    }
}
