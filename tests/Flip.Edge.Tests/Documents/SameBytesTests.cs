using Flip.Edge.Engineering;

namespace Flip.Edge.Tests.Documents;

/// <summary>What keeps two builds of one commit alike (decision 23).</summary>
public sealed class SameBytesTests
{
    /// <summary>
    /// The generator of log messages takes the declarations of a class in the order of a set of references, which differs from one compiler
    /// process to the next (dotnet/runtime#119587, in .NET 11 mended between classes): with messages in two files, two builds differ.
    /// </summary>
    [Fact]
    public void The_log_messages_of_a_class_stand_in_one_of_its_files()
    {
        string[][] classes =
        [
            .. Directory.EnumerateFiles(Path.Combine(Repository.Root, "src"), "*.cs", SearchOption.AllDirectories)
                .Where(file => !file.Contains("/obj/", StringComparison.Ordinal) && File.ReadAllText(file).Contains("[LoggerMessage(", StringComparison.Ordinal))
                .GroupBy(file => Path.Combine(Path.GetDirectoryName(file)!, Path.GetFileName(file).Split('.')[0]), (_, files) => files.ToArray()),
        ];

        Assert.NotEmpty(classes);
        Assert.All(classes, files => Assert.True(files.Length == 1, $"{string.Join(" and ", files)} both have log messages: put them into one of the two"));
    }
}
