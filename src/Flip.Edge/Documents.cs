namespace Flip.Edge;

/// <summary>Where a gateway has the pages that messages name: docs/ and README.md of the source, which the package installs.</summary>
internal static class Documents
{
    public const string Folder = "/usr/share/doc/flip-edge";
}
