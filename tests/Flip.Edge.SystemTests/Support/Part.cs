using System.Diagnostics;

namespace Flip.Edge.SystemTests.Support;

/// <summary>A program that we did not write. A test that needs one skips where it is not installed, and says how to install it.</summary>
internal static class Part
{
    private static readonly Lazy<string?> PythonWithPymodbus = new(() => new[] { "/usr/bin/python3", Find("python3") }.FirstOrDefault(HasPymodbus));

    public static string Mosquitto => Needed("mosquitto", "mosquitto");

    public static string MosquittoPasswd => Needed("mosquitto_passwd", "mosquitto");

    public static string MosquittoPub => Needed("mosquitto_pub", "mosquitto-clients");

    public static string MosquittoSub => Needed("mosquitto_sub", "mosquitto-clients");

    public static string Mbpoll => Needed("mbpoll", "mbpoll");

    public static string Socat => Needed("socat", "socat");

    /// <summary>A shell, whose package has its name.</summary>
    public static string Shell(string name) => Needed(name, name);

    /// <summary>A Python that has pymodbus 3: Debian's before one that is earlier on the path.</summary>
    public static string Python
    {
        get
        {
            Assert.SkipWhen(PythonWithPymodbus.Value is null, "pymodbus 3 is not installed for python3: apt-get install python3-pymodbus");
            return PythonWithPymodbus.Value!;
        }
    }

    private static string Needed(string program, string package)
    {
        string? found = Find(program);
        Assert.SkipWhen(found is null, $"{program} is not installed: apt-get install {package}");
        return found!;
    }

    // Daemons are in sbin, which is not on everybody's path.
    private static string? Find(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Append("/usr/sbin")
            .Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);

    private static bool HasPymodbus(string? python)
    {
        if (!File.Exists(python)) return false;
        ProcessStartInfo start = new(python, ["-c", "import pymodbus, serial_asyncio, sys; sys.exit(0 if pymodbus.__version__.startswith('3.') else 1)"])
        {
            RedirectStandardError = true,
        };
        using Process process = Process.Start(start)!;
        process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
