using System.CommandLine;
using System.CommandLine.Completions;
using Flip.Edge.Configuration;
using Flip.Edge.Devices.Probing;
using Flip.Edge.Devices.Profiles;

namespace Flip.Edge.Cli;

/// <summary>The values that the shells' completions offer (deploy/completion asks the program itself).</summary>
internal static class Completions
{
    /// <summary>The names of the profiles that a device can be read with, and <c>auto</c>.</summary>
    /// <param name="profiles">The option that names a directory of more.</param>
    public static Func<CompletionContext, IEnumerable<CompletionItem>> ReadableProfiles(Option<string?> profiles) =>
        context => Items([DeviceProbe.Auto, .. Catalog(context, profiles) is var catalog ? catalog.Names.Where(name => ProfileNames.Wrong(name, catalog) is null) : []]);

    /// <summary>The names of all profiles.</summary>
    /// <param name="profiles">The option that names a directory of more.</param>
    public static Func<CompletionContext, IEnumerable<CompletionItem>> Profiles(Option<string?> profiles) => context => Items(Catalog(context, profiles).Names);

    /// <summary>The members of a list with commas: what was typed before the last comma stays, and no member comes twice.</summary>
    public static Func<CompletionContext, IEnumerable<CompletionItem>> ListOf(params string[] members) => context =>
    {
        string typed = context.WordToComplete[..(context.WordToComplete.LastIndexOf(',') + 1)];
        return Items(members.Except(typed.Split(',')).Select(member => typed + member));
    };

    private static ProfileCatalog Catalog(CompletionContext context, Option<string?> profiles)
    {
        // Where there is no such directory, the command says so when it runs; those built in are offered until then.
        ProfileFiles.TryLoad(context.ParseResult.GetValue(profiles), out ProfileCatalog catalog);
        return catalog;
    }

    private static IEnumerable<CompletionItem> Items(IEnumerable<string> values) => values.Select(value => new CompletionItem(value));
}
