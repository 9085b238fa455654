using System.Text.Json;

namespace Flip.Edge.Configuration;

/// <summary>Puts the sources together: file, then environment, then command line; the later wins.</summary>
internal static class ConfigurationFiles
{
    public const string DefaultFile = "/etc/flip-edge/flip-edge.json";
    public const string EnvironmentPrefix = "FLIP_EDGE_";

    /// <summary>The settings, or everything that is wrong with the sources.</summary>
    /// <param name="file">The file named by the user, or null for the default file.</param>
    /// <param name="settings">Single keys from the command line, <c>Mqtt:Port=1884</c>.</param>
    /// <param name="zone">The gateway's time zone, for days without a time.</param>
    public static SettingsResult Load(string? file, IReadOnlyList<string> settings, TimeZoneInfo zone)
    {
        List<ConfigurationError> errors = [];
        if (Sources(file, settings, errors) is not { } sources) return new(null, errors);
        try
        {
            return SettingsReader.Read(sources, zone);
        }
        catch (Exception unreadable) when (IsUnreadable(unreadable))
        {
            return new(null, [Unreadable(file, unreadable)]);
        }
    }

    /// <summary>All sources together, as they were written; null when one can't be read.</summary>
    /// <param name="file">As above.</param>
    /// <param name="settings">As above.</param>
    /// <param name="errors">Takes what is wrong.</param>
    public static IConfiguration? Sources(string? file, IReadOnlyList<string> settings, List<ConfigurationError> errors)
    {
        string path = Path.GetFullPath(file ?? DefaultFile);
        if (Directory.Exists(path))
        {
            errors.Add(new("", $"{path} is a directory: name the configuration file itself with --config, as in --config {Path.Combine(path, "flip-edge.json")}"));
        }
        else if (!IsThere(path))
        {
            errors.Add(new("", $"there is no configuration file {path}: write one (man flip-edge.json, and {Documents.Folder}/examples/flip-edge.example.json), or name another with --config"));
        }

        List<KeyValuePair<string, string?>> pairs = Pairs(settings, errors);
        if (errors.Count > 0) return null;
        try
        {
            // Opened here: a JSON file of a builder brings what watches files, half a megabyte of the binary, and a watch that gateways run
            // out of (dotnet/runtime#99406).
            using FileStream opened = File.OpenRead(path);
            return IndexedJson.AddTo(new ConfigurationBuilder(), opened).AddEnvironmentVariables(EnvironmentPrefix).AddInMemoryCollection(pairs).Build();
        }
        catch (Exception unreadable) when (IsUnreadable(unreadable) || IsHalfACharacter(unreadable))
        {
            errors.Add(Unreadable(file, unreadable));
            return null;
        }
    }

    private static List<KeyValuePair<string, string?>> Pairs(IReadOnlyList<string> settings, List<ConfigurationError> errors)
    {
        List<KeyValuePair<string, string?>> pairs = [];
        foreach (string setting in settings)
        {
            int equals = setting.IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0) errors.Add(new("", $"--set {setting} is not KEY=VALUE, as in --set Mqtt:Port=1884"));
            else if (pairs.Any(pair => pair.Key.Equals(setting[..equals], StringComparison.OrdinalIgnoreCase))) errors.Add(new(setting[..equals], "is set twice with --set; leave one"));
            else pairs.Add(new(setting[..equals], setting[(equals + 1)..]));
        }

        return pairs;
    }

    // A file in a directory that this user may not enter does not exist to File.Exists.
    private static bool IsThere(string path)
    {
        try
        {
            _ = File.GetAttributes(path);
            return true;
        }
        catch (UnauthorizedAccessException)
        {
            // Opening it says so.
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    private static bool IsUnreadable(Exception exception) => exception is JsonException or InvalidDataException or FormatException or IOException or UnauthorizedAccessException;

    // What System.Text.Json throws for "\ud800" without the other half of its pair.
    private static bool IsHalfACharacter(Exception exception) => exception is InvalidOperationException;

    private static ConfigurationError Unreadable(string? file, Exception exception)
    {
        string path = Path.GetFullPath(file ?? DefaultFile);
        return new("", exception is UnauthorizedAccessException
            ? $"{path} may not be read by this user: use sudo, or join the group flip-edge, which has to be the file's (chgrp flip-edge {path})"
            : $"{path} can't be read: {Sentence(Innermost(exception))}");
    }

    private static Exception Innermost(Exception exception) => exception.InnerException is { } inner ? Innermost(inner) : exception;

    // System.Text.Json counts lines from 0, and editors from 1.
    private static string Sentence(Exception exception) => exception is JsonException { LineNumber: { } line } slip
        ? FormattableString.Invariant($"line {line + 1}, byte {slip.BytePositionInLine + 1}: {slip.Message.Split(" LineNumber: ")[0].TrimEnd('.')}")
        : IsHalfACharacter(exception) ? "a text in it has half of a character: one of \\ud800 to \\udfff stands alone" : exception.Message;
}
