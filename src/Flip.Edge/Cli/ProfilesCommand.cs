using System.CommandLine;
using Flip.Edge.Configuration;
using Flip.Edge.Devices.Profiles;

namespace Flip.Edge.Cli;

/// <summary><c>flip-edge profiles</c>: which device families there are, what one reads, and what is wrong with a file.</summary>
internal static class ProfilesCommand
{
    public static Command Create() => new("profiles", "the device families that can be read, and checks of your own") { List(), Show(), Check() };

    private static Command List()
    {
        Option<string?> directory = ConfigOptions.Profiles();
        Command list = new("list", "name each family, and what has to be typed for it") { directory };
        list.SetAction(async (parsed, _) =>
        {
            InvocationConfiguration console = parsed.InvocationConfiguration;
            if (ProfileFiles.TryLoad(parsed.GetValue(directory), out ProfileCatalog profiles) is { } wrong)
            {
                await Wrapped.WriteErrorAsync(console.Error, wrong);
                return ExitCodes.Usage;
            }

            await ProfileText.WriteListAsync(console.Output, profiles);
            foreach (string line in WrongProfiles.Lines(profiles)) await Wrapped.WriteErrorAsync(console.Error, $"warning: {line}");
            return ExitCodes.Done;
        });
        return list;
    }

    private static Command Show()
    {
        Argument<string> name = new("NAME") { HelpName = "NAME", Description = "a name that flip-edge profiles list tells, or a profile's file" };
        Option<string?> directory = ConfigOptions.Profiles();
        name.CompletionSources.Add(Completions.Profiles(directory));
        Command show = new("show", "how one family is reached, known and read, and where each fact comes from") { name, directory };
        show.SetAction(async (parsed, _) =>
        {
            InvocationConfiguration console = parsed.InvocationConfiguration;
            if (ProfileFiles.TryLoad(parsed.GetValue(directory), out ProfileCatalog profiles) is { } wrong)
            {
                await Wrapped.WriteErrorAsync(console.Error, wrong);
                return ExitCodes.Usage;
            }

            string asked = parsed.GetValue(name)!;
            if (asked.Contains('/', StringComparison.Ordinal) || asked.EndsWith(".json", StringComparison.OrdinalIgnoreCase)) return await ShowFileAsync(asked, console);
            if (profiles.Find(asked) is { } profile)
            {
                await ProfileText.WriteAsync(console.Output, profile, profiles.IsFromDirectory(asked));
                return ExitCodes.Done;
            }

            await Wrapped.WriteErrorAsync(console.Error, $"NAME {ProfileNames.Unknown(asked, profiles) ?? "is \"auto\", which is no profile: it asks for probing"}");
            return ExitCodes.Usage;
        });
        return show;
    }

    private static async Task<int> ShowFileAsync(string file, InvocationConfiguration console)
    {
        DeviceProfile? profile = ProfileFile.ReadFrom(file, out IReadOnlyList<ProfileMistake> mistakes);
        foreach (ProfileMistake mistake in mistakes) await Wrapped.WriteErrorAsync(console.Error, $"{file}:{mistake}");
        if (profile is null) return ExitCodes.Usage;
        await ProfileText.WriteAsync(console.Output, profile, isOwn: true);
        return ExitCodes.Done;
    }

    private static Command Check()
    {
        Argument<string[]> files = new("FILE") { Arity = ArgumentArity.OneOrMore, Description = "a profile, called NAME.json" };
        Command check = new("check", "name every mistake of a profile, each with its line and key") { files };
        check.SetAction(async (parsed, _) =>
        {
            InvocationConfiguration console = parsed.InvocationConfiguration;
            bool areGood = true;
            foreach (string file in parsed.GetValue(files)!)
            {
                DeviceProfile? profile = ProfileFile.ReadFrom(file, out IReadOnlyList<ProfileMistake> mistakes);
                areGood &= profile is not null;
                foreach (ProfileMistake mistake in mistakes) await Wrapped.WriteErrorAsync(console.Error, $"{file}:{mistake}");
                if (profile is not null) await console.Output.WriteLineAsync($"{file}: {profile.Id} is good");
            }

            return areGood ? ExitCodes.Done : ExitCodes.Usage;
        });
        return check;
    }
}
