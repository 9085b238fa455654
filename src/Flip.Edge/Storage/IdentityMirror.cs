using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Flip.Edge.Storage;

/// <summary>
/// <c>identity.json</c> beside the database: the little that a gateway needs to go on when its database is lost. It is written inside the
/// transaction that changes it, before the commit, so that it is never behind what was accepted; a power cut between the two leaves it
/// ahead, and then Flip is asked. It changes a handful of times in a gateway's life, and with no try: flash wears.
/// </summary>
internal sealed class IdentityMirror
{
    private const int Format = 1;
    private readonly string _file;
    private readonly bool _isWritten;
    private byte[]? _onDisk;
    private byte[]? _pendingOnDisk;
    private Identity? _pending;
    private long _highest;

    // True while the file may hold something else than the committed identity.
    private bool _isStale;

    private IdentityMirror(string file, bool isWritten) => (_file, _isWritten) = (file, isWritten);

    /// <summary>The identity as the file and the database have it; null when there was no file that can be trusted.</summary>
    public Identity? Current { get; private set; }

    /// <summary>Why the file was ignored; null when it was in order or absent.</summary>
    public string? Ignored { get; private set; }

    public static string FileFor(string database) => Path.Combine(Path.GetDirectoryName(database)!, "identity.json");

    /// <summary>Reads the mirror. One that is damaged is ignored, and says so.</summary>
    /// <param name="file">Its path.</param>
    /// <param name="isWritten">False beside a copy that is only read: the file is then left as it is.</param>
    /// <exception cref="IOException">The file is there and can't be read.</exception>
    public static IdentityMirror Read(string file, bool isWritten)
    {
        IdentityMirror mirror = new(file, isWritten);
        if (!File.Exists(file)) return mirror;
        byte[] bytes = File.ReadAllBytes(file);
        try
        {
            mirror.Current = Parse(bytes);
            mirror._onDisk = bytes;
            mirror._highest = mirror.Current.Generation;
        }
        catch (JsonException damaged)
        {
            mirror.Ignored = $"{file} can't be used ({damaged.Message})";
            mirror._isStale = true;
        }

        return mirror;
    }

    /// <summary>Compares with the database inside its transaction, and counts the generation up when something changed.</summary>
    /// <returns>Whether <see cref="Write"/> is due.</returns>
    public bool Follow(SqliteConnection connection)
    {
        Identity now = Identity.Of(connection);
        if (!_isStale && Current is { } same && Text(now).AsSpan().SequenceEqual(Text(same))) return false;
        _pending = now with { Generation = Math.Max(Math.Max(now.Generation, Current?.Generation ?? 0), _highest) + 1 };
        connection.Execute("UPDATE mirror SET generation = @Generation WHERE id = 1", new { _pending.Generation });
        return true;
    }

    /// <summary>Puts what <see cref="Follow"/> found on the disk.</summary>
    /// <exception cref="IOException">The disk is full, read-only or broken.</exception>
    /// <exception cref="UnauthorizedAccessException">The directory belongs to somebody else.</exception>
    public void Write()
    {
        if (!_isWritten || _pending is null) return;
        byte[] identity = Text(_pending);
        _pendingOnDisk = Encoding.UTF8.GetBytes(
            $$"""{"format":{{Format}},"sha256":"{{Convert.ToHexStringLower(SHA256.HashData(identity))}}","identity":{{Encoding.UTF8.GetString(identity)}}}""" + "\n");
        _highest = _pending.Generation;
        _isStale = true;
        DurableFile.Replace(_file, _pendingOnDisk);
    }

    /// <summary>The transaction is committed.</summary>
    public void Settle()
    {
        if (_pending is null) return;
        (Current, _onDisk, _isStale) = (_pending, _pendingOnDisk, false);
        (_pending, _pendingOnDisk) = (null, null);
    }

    /// <summary>The transaction was rolled back: puts the former content back, as far as the disk lets us.</summary>
    public void TakeBack()
    {
        if (_pendingOnDisk is not null)
        {
            try
            {
                if (_onDisk is null) File.Delete(_file);
                else if (!File.ReadAllBytes(_file).AsSpan().SequenceEqual(_onDisk)) DurableFile.Replace(_file, _onDisk);
                _isStale = false;
            }
            catch (Exception stillBroken) when (stillBroken is IOException or UnauthorizedAccessException)
            {
                // The caller reports the failure that led here. A mirror that is ahead only makes the next start ask Flip,
                // and the next write replaces it.
            }
        }

        (_pending, _pendingOnDisk) = (null, null);
    }

    private static byte[] Text(Identity identity) => JsonSerializer.SerializeToUtf8Bytes(identity, IdentityJson.Default.Identity);

    private static Identity Parse(byte[] bytes)
    {
        MirrorFile file = Json(bytes);
        if (file.Format != Format) throw new JsonException($"its format is {file.Format}, and this version knows {Format}");
        if (file.Identity.ValueKind != JsonValueKind.Object) throw new JsonException("it holds no identity");
        ReadOnlySpan<byte> text = JsonMarshal.GetRawUtf8Value(file.Identity);
        if (Convert.ToHexStringLower(SHA256.HashData(text)) != file.Sha256) throw new JsonException("its checksum does not fit");
        Identity? identity = JsonSerializer.Deserialize(text, IdentityJson.Default.Identity);
        return identity is { IsWhole: true } ? identity : throw new JsonException("it lacks what its phase needs");
    }

    private static MirrorFile Json(byte[] bytes)
    {
        try
        {
            return JsonSerializer.Deserialize(bytes, IdentityJson.Default.MirrorFile) ?? throw new JsonException("it is null");
        }
        catch (JsonException torn)
        {
            throw new JsonException("it is no JSON of ours", torn);
        }
    }
}

/// <summary>The file: the checksum covers the bytes of the identity as they stand there, so that a field added later needs no other format.</summary>
internal sealed record MirrorFile(int Format, string? Sha256, JsonElement Identity);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(MirrorFile))]
[JsonSerializable(typeof(Identity))]
internal sealed partial class IdentityJson : JsonSerializerContext;
