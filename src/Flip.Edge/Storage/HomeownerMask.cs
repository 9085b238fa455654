using System.Collections;
using System.Text;

namespace Flip.Edge.Storage;

/// <summary>
/// Overwrites the homeowner's data in a damaged database that is kept for support. It works on the bytes as they are, not on the
/// structure, because the structure is what is broken: by the names of the fields (one or two of their bytes may be flipped), by the site object
/// around them, by what continues on the next page of a long body, and by every other copy of a value found so. What it can't find is a
/// value whose name and whose site object are both gone and of which there is no other copy.
/// </summary>
internal static class HomeownerMask
{
    private const byte Star = (byte)'*', Quote = (byte)'"', Backslash = (byte)'\\', Brace = (byte)'}';
    private const int PageSize = 4096, FrameHeader = 24, LogHeader = 32;

    // Ours are some hundred kilobytes. A file beyond this was never ours.
    private const long LargestFile = 64 << 20;

    // A shorter one would be found in everything.
    private const int ShortestValue = 4;

    private static readonly byte[][] Fields =
    [
        .. new[] { "first_name", "last_name", "company_name", "email", "city", "zip_code", "street_address", "street_address2" }
            .Select(name => Encoding.ASCII.GetBytes($"{name}\":\"")),
    ];

    private static readonly byte[] Site = Encoding.ASCII.GetBytes("\"site\":{"), SiteId = Encoding.ASCII.GetBytes("\"id\":\"");

    /// <summary>Overwrites in place, and flushes to the disk.</summary>
    /// <param name="files">A database and its log; those that do not exist are left out.</param>
    /// <exception cref="IOException">A file can't be written.</exception>
    public static void Erase(IEnumerable<string> files)
    {
        List<(string File, byte[] Bytes, BitArray Marked)> open =
            [.. files.Where(file => new FileInfo(file) is { Exists: true, Length: > 0 and <= LargestFile }).Select(file => (file, File.ReadAllBytes(file)))
                .Select(read => (read.file, read.Item2, new BitArray(read.Item2.Length)))];
        HashSet<string> values = [];
        foreach ((string file, byte[] bytes, BitArray marked) in open)
        {
            MarkFields(bytes, marked, values);
            MarkSites(bytes, marked);
            MarkContinuations(bytes, marked, file.EndsWith("-wal", StringComparison.Ordinal));
        }

        foreach ((string file, byte[] bytes, BitArray marked) in open)
        {
            foreach (string value in values) MarkEvery(bytes, marked, Encoding.Latin1.GetBytes(value));
            Write(file, bytes, marked);
        }
    }

    private static void MarkFields(byte[] bytes, BitArray marked, HashSet<string> values)
    {
        foreach (byte[] field in Fields)
        {
            for (int at = 0; at + field.Length < bytes.Length; at++)
            {
                if (!IsNearly(bytes.AsSpan(at, field.Length), field, tolerated: 2)) continue;
                int start = at + field.Length, end = EndOfText(bytes, start);
                Mark(marked, start, end);
                if (end - start >= ShortestValue) values.Add(Encoding.Latin1.GetString(bytes, start, end - start));
            }
        }
    }

    private static void MarkSites(byte[] bytes, BitArray marked)
    {
        for (int at = 0; at + Site.Length < bytes.Length; at++)
        {
            if (!IsNearly(bytes.AsSpan(at, Site.Length), Site, tolerated: 1)) continue;
            int start = at + Site.Length;
            if (start + SiteId.Length < bytes.Length && IsNearly(bytes.AsSpan(start, SiteId.Length), SiteId, tolerated: 1))
            {
                start = EndOfText(bytes, start + SiteId.Length);
            }

            int end = start;
            while (end < bytes.Length && end - start < PageSize && bytes[end] != Brace && !IsGap(bytes, end)) end++;
            Mark(marked, start, end);
        }
    }

    // A body of more than a page goes on in overflow pages: four bytes with the number of the next one, then the text, which may begin
    // anywhere in a value or in its name (sqlite.org/fileformat2.html#ovflpgs). Four quotes end whichever it was. A database's first page is none.
    private static void MarkContinuations(byte[] bytes, BitArray marked, bool isLog)
    {
        int stride = isLog ? PageSize + FrameHeader : PageSize;
        for (int page = isLog ? LogHeader + FrameHeader : PageSize; page + 8 < bytes.Length; page += stride)
        {
            int end = Math.Min(page + PageSize, bytes.Length), start = page + 4;
            if (!IsGap(bytes, page) && !IsText(bytes.AsSpan(start, Math.Min(16, end - start)))) continue;
            int at = start;
            for (int quotes = 0; at < end && quotes < 4 && !IsGap(bytes, at); at++)
            {
                if (bytes[at] == Quote) quotes++;
            }

            Mark(marked, start, at);
        }
    }

    private static void MarkEvery(byte[] bytes, BitArray marked, byte[] value)
    {
        for (int at = 0; at < bytes.Length; at += value.Length)
        {
            int next = bytes.AsSpan(at).IndexOf(value);
            if (next < 0) return;
            at += next;
            Mark(marked, at, at + value.Length);
        }
    }

    private static bool IsNearly(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> name, int tolerated)
    {
        int other = 0;
        for (int i = 0; i < name.Length; i++)
        {
            if (bytes[i] != name[i] && ++other > tolerated) return false;
        }

        return true;
    }

    // To the closing quote, or to where the text ends in this place. One zero may be a flipped letter; two are no text.
    private static int EndOfText(byte[] bytes, int at)
    {
        int end = at;
        while (end < bytes.Length && end - at < PageSize && bytes[end] != Quote && !IsGap(bytes, end)) end += bytes[end] == Backslash ? 2 : 1;
        return Math.Min(end, bytes.Length);
    }

    private static bool IsGap(byte[] bytes, int at) => bytes[at] == 0 && at + 1 < bytes.Length && bytes[at + 1] == 0;

    private static bool IsText(ReadOnlySpan<byte> bytes)
    {
        int other = 0;
        foreach (byte b in bytes)
        {
            if (b is < 0x20 or > 0x7E) other++;
        }

        return other <= 2;
    }

    private static void Mark(BitArray marked, int start, int end)
    {
        for (int at = start; at < end; at++) marked[at] = true;
    }

    private static void Write(string file, byte[] bytes, BitArray marked)
    {
        bool any = false;
        for (int at = 0; at < bytes.Length; at++)
        {
            // Quotes stay, so that support still sees which fields there were.
            if (!marked[at] || bytes[at] == Quote) continue;
            bytes[at] = Star;
            any = true;
        }

        if (!any) return;
        using FileStream stream = new(file, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
        stream.Write(bytes);
        stream.Flush(flushToDisk: true);
    }
}
