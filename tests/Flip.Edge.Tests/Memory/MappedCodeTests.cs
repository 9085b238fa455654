using System.Globalization;
using System.Runtime.InteropServices;
using Flip.Edge.Memory;

namespace Flip.Edge.Tests.Memory;

public sealed class MappedCodeTests
{
    // Of glibc, and used by nothing in this process.
    private const string Library = "libresolv.so.2";

    [Fact]
    public unsafe void Pages_of_a_library_that_were_read_are_let_go_of_and_read_the_same_again()
    {
        nint library = NativeLibrary.Load(Library);
        try
        {
            long before = ReadAll(out int read);
            Assert.True(read > 0 && Resident() >= read * Environment.SystemPageSize / 2, $"{read} pages were read, and {Resident()} bytes are resident");

            MappedCode.LetGo();

            // The ends of its two or three segments may stay.
            Assert.InRange(Resident(), 0, 8L * Environment.SystemPageSize);
            Assert.Equal(before, ReadAll(out _));
        }
        finally
        {
            NativeLibrary.Free(library);
        }
    }

    [Fact]
    public void What_a_library_writes_stays_as_it_was()
    {
        nint library = NativeLibrary.Load(Library);
        nint function = NativeLibrary.GetExport(library, "ns_get16");

        MappedCode.LetGo();

        // The export is found by the relocated tables, and the runtime goes on.
        Assert.Equal(function, NativeLibrary.GetExport(library, "ns_get16"));
        GC.Collect();
        Assert.Equal("1.5", 1.5.ToString(CultureInfo.InvariantCulture));
        NativeLibrary.Free(library);
    }

    /// <summary>A sum over the first byte of each page of the parts that can't be written.</summary>
    private static unsafe long ReadAll(out int pages)
    {
        long sum = 0;
        pages = 0;
        foreach (string line in File.ReadLines("/proc/self/maps").Where(IsCode))
        {
            string[] range = line.Split(' ')[0].Split('-');
            nuint from = nuint.Parse(range[0], NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            nuint to = nuint.Parse(range[1], NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            for (nuint at = from; at < to; at += (nuint)Environment.SystemPageSize, pages++) sum = (sum * 31) + *(byte*)at;
        }

        return sum;
    }

    private static long Resident()
    {
        long sum = 0;
        bool counts = false;
        foreach (string line in File.ReadLines("/proc/self/smaps"))
        {
            if (line.Contains('-') && line.Contains(' ') && !line.Contains("kB")) counts = IsCode(line);
            else if (counts && line.StartsWith("Rss:", StringComparison.Ordinal)) sum += 1024 * long.Parse(line[4..^2], CultureInfo.InvariantCulture);
        }

        return sum;
    }

    private static bool IsCode(string mapping) => mapping.EndsWith(Library, StringComparison.Ordinal) && mapping.Contains(" r-xp ");
}
