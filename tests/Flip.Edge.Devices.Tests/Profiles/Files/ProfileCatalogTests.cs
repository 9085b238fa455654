using System.Net.Sockets;
using System.Runtime.InteropServices;
using Flip.Edge.Devices.Profiles;

namespace Flip.Edge.Devices.Tests.Profiles.Files;

public sealed class ProfileCatalogTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("fe-profiles-").FullName;

    [Fact]
    public void Every_built_in_profile_is_right()
    {
        ProfileCatalog catalog = ProfileCatalog.Load(_directory);

        Assert.All(catalog.Names, name => Assert.NotNull(catalog.Find(name)));
        Assert.Empty(catalog.Wrong.SelectMany(wrong => wrong.Mistakes.Select(mistake => $"{wrong.Path}:{mistake}")));
    }

    [Fact]
    public void A_directory_that_does_not_exist_is_an_empty_one()
    {
        ProfileCatalog catalog = ProfileCatalog.Load(Path.Combine(_directory, "none"));

        Assert.Equal(ProfileCatalog.Embedded.Names, catalog.Names);
        Assert.Empty(catalog.Wrong);
    }

    [Fact]
    public void A_file_of_the_directory_stands_beside_the_built_in_ones()
    {
        Write("volta-h.json", Sample.Json);

        ProfileCatalog catalog = ProfileCatalog.Load(_directory);

        Assert.Equal("volta-h@3", catalog.Find("volta-h")!.Id);
        Assert.Contains("volta-h", catalog.Names);
        Assert.True(catalog.IsFromDirectory("volta-h"));
        Assert.Contains(catalog.InProbeOrder, profile => profile.Name == "volta-h");
        Assert.Null(ProfileCatalog.Embedded.Find("volta-h"));
    }

    [Fact]
    public void A_file_replaces_the_built_in_profile_of_its_name()
    {
        string name = ProfileCatalog.Embedded.Names[0];
        Write($"{name}.json", Sample.NoModbus.Replace("cloudy", name, StringComparison.Ordinal).Replace("\"version\": 1", "\"version\": 99", StringComparison.Ordinal));

        ProfileCatalog catalog = ProfileCatalog.Load(_directory);

        Assert.Equal($"{name}@99", catalog.Find(name)!.Id);
        Assert.Equal(ProfileCatalog.Embedded.Names, catalog.Names);
        Assert.NotEqual($"{name}@99", ProfileCatalog.Embedded.Find(name)!.Id);
    }

    [Fact]
    public void A_wrong_file_with_the_name_of_a_built_in_profile_leaves_that_in_place()
    {
        string name = ProfileCatalog.Embedded.Names[0];
        Write($"{name}.json", "{}");

        ProfileCatalog catalog = ProfileCatalog.Load(_directory);

        Assert.Same(ProfileCatalog.Embedded.Find(name), catalog.Find(name));
        Assert.Equal(Path.Combine(_directory, $"{name}.json"), Assert.Single(catalog.Wrong).Path);
    }

    [Fact]
    public void Profiles_are_tried_in_the_order_of_their_numbers()
    {
        Write("volta-h.json", Sample.Json.Replace("\"order\": 30", "\"order\": 1", StringComparison.Ordinal));
        Write("volta-z.json", Sample.Json.Replace("volta-h", "volta-z", StringComparison.Ordinal).Replace("\"order\": 30", "\"order\": 0", StringComparison.Ordinal));
        Write("volta-n.json", Sample.Json.Replace("volta-h", "volta-n", StringComparison.Ordinal).Replace("\"order\": 30, ", "", StringComparison.Ordinal));

        string[] order = [.. ProfileCatalog.Load(_directory).InProbeOrder.Select(profile => profile.Name)];

        Assert.Equal(["volta-z", "volta-h"], order[..2]);
        Assert.DoesNotContain("volta-n", order);
    }

    [Fact]
    public void Whatever_lies_in_the_directory_is_left_out_and_named()
    {
        Write("too-big.json", new string(' ', ProfileFile.MostBytes + 1));
        Write("empty.json", "");
        File.WriteAllBytes(Path.Combine(_directory, "latin.json"), [.. "{ \""u8, 0xE4, .. "\": 1 }"u8]);
        Directory.CreateDirectory(Path.Combine(_directory, "folder.json"));
        File.CreateSymbolicLink(Path.Combine(_directory, "loop.json"), "loop.json");
        File.CreateSymbolicLink(Path.Combine(_directory, "dangling.json"), "/nowhere/at/all.json");
        Assert.Equal(0, MakeFifo(Path.Combine(_directory, "pipe.json"), 0b110_000_000));
        Write("other-name.json", Sample.NoModbus);
        Write("bom.json", "\uFEFF" + Sample.NoModbus.Replace("cloudy", "bom", StringComparison.Ordinal));
        Write(".hidden.json", "no JSON");
        Write("remarks.txt", "no JSON");

        ProfileCatalog catalog = ProfileCatalog.Load(_directory);

        Assert.Equal("bom", catalog.Find("bom")!.Name);
        Assert.Equal(
            [
                "dangling.json: can't be read: No such file or directory",
                "empty.json: is no JSON: The input does not contain any JSON tokens. Expected the input to start with a valid JSON token, when isFinalBlock is true.",
                "folder.json: is a directory",
                "latin.json: is no UTF-8: save the file as UTF-8",
                "loop.json: can't be read: Too many levels of symbolic links",
                "other-name.json: is \"cloudy\", and the file is called other-name.json: they have to be the same",
                "pipe.json: is no regular file",
                "too-big.json: has more than 262144 bytes",
            ],
            catalog.Wrong.Select(wrong => $"{Path.GetFileName(wrong.Path)}: {Assert.Single(wrong.Mistakes).Message}"));
    }

    [Fact]
    public void What_can_not_be_opened_even_by_root_is_left_out_and_named()
    {
        using Socket socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(Path.Combine(_directory, "secret.json")));

        Assert.StartsWith("can't be read: ", Assert.Single(Assert.Single(ProfileCatalog.Load(_directory).Wrong).Mistakes).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_in_the_place_of_the_directory_is_named()
    {
        string file = Write("file", "");

        WrongProfile wrong = Assert.Single(ProfileCatalog.Load(file).Wrong);

        Assert.Equal(file, wrong.Path);
        Assert.Equal("is a file, and has to be a directory of profiles", Assert.Single(wrong.Mistakes).Message);
    }

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    private string Write(string name, string text)
    {
        string path = Path.Combine(_directory, name);
        File.WriteAllText(path, text);
        return path;
    }

    [DllImport("libc", EntryPoint = "mkfifo", CharSet = CharSet.Ansi, BestFitMapping = false, ThrowOnUnmappableChar = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int MakeFifo([MarshalAs(UnmanagedType.LPStr)] string path, uint mode);
}
