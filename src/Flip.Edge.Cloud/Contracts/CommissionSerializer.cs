using System.Security.Cryptography;
using System.Text.Json;

namespace Flip.Edge.Cloud;

/// <summary>A commission request as bytes: the same request gives the same bytes, in the order of the page, without white space.</summary>
public static class CommissionSerializer
{
    /// <summary>The bytes to freeze and to send.</summary>
    /// <param name="request">The request.</param>
    /// <returns>UTF-8 JSON, ASCII only, deprecated and null fields left out.</returns>
    public static byte[] Serialize(CommissionRequest request) =>
        JsonSerializer.SerializeToUtf8Bytes(request, FlipJsonContext.Default.CommissionRequest);

    /// <summary>Reads frozen bytes back.</summary>
    /// <param name="body">UTF-8 JSON.</param>
    /// <returns>The request.</returns>
    /// <exception cref="JsonException">It is no commission request; the message does not quote the body.</exception>
    public static CommissionRequest Deserialize(ReadOnlySpan<byte> body) =>
        JsonSerializer.Deserialize(body, FlipJsonContext.Default.CommissionRequest) ?? throw new JsonException("The commission request is null.");

    /// <summary>The SHA-256 of the bytes, 64 lower-case hexadecimal digits: what remains when the body itself is deleted.</summary>
    /// <param name="body">The frozen bytes.</param>
    /// <returns>The digest.</returns>
    public static string Digest(ReadOnlySpan<byte> body) => Convert.ToHexStringLower(SHA256.HashData(body));

    /// <summary>Writes an answer, for storing: page-required fields always, null where the answer lacked them.</summary>
    /// <param name="response">The answer.</param>
    /// <returns>UTF-8 JSON.</returns>
    public static byte[] Serialize(CommissionResponse response) =>
        JsonSerializer.SerializeToUtf8Bytes(response, FlipJsonContext.Default.CommissionResponse);

    /// <summary>Reads a stored answer back.</summary>
    /// <param name="answer">UTF-8 JSON that <see cref="Serialize(CommissionResponse)"/> wrote.</param>
    /// <returns>The answer.</returns>
    /// <exception cref="JsonException">It is no commission response.</exception>
    public static CommissionResponse DeserializeResponse(ReadOnlySpan<byte> answer) =>
        JsonSerializer.Deserialize(answer, FlipJsonContext.Default.CommissionResponse) ?? throw new JsonException("The commission response is null.");
}
