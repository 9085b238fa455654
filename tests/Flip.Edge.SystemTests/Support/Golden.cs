using System.Reflection;

namespace Flip.Edge.SystemTests.Support;

/// <summary>The files in the folder Golden: what goes in, and what has to come out.</summary>
internal static class Golden
{
    public static string Text(string name)
    {
        using Stream stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(name) ?? throw new FileNotFoundException(name);
        using StreamReader reader = new(stream);
        return reader.ReadToEnd();
    }
}
