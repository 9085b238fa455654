using System.Runtime.InteropServices;

namespace Flip.Edge.Tests.Support;

/// <summary>
/// Lets this thread alone open files as a user without privileges, where the tests run as root, whom modes do not stop (man 2 setfsuid:
/// a thread's file-system user, which takes the capability to override modes away with it).
/// </summary>
internal sealed partial class AnotherUser : IDisposable
{
    private const int Nobody = 65534;
    private readonly int _before = -1;

    public AnotherUser()
    {
        if (Environment.IsPrivilegedProcess) _before = SetFileSystemUser(Nobody);
    }

    public void Dispose()
    {
        if (_before >= 0) _ = SetFileSystemUser(_before);
    }

    [LibraryImport("libc", EntryPoint = "setfsuid")]
    private static partial int SetFileSystemUser(int user);
}
