using System.Text;
using System.Text.Json;

namespace Flip.Edge.Commissioning;

/// <summary>Takes parts out of a frozen request, exactly as they were frozen.</summary>
internal static class FrozenBody
{
    /// <summary>The JSON of one device.</summary>
    /// <exception cref="InvalidOperationException">The body has no such device: it is not the one that the outbox describes.</exception>
    public static byte[] Device(byte[] body, string id)
    {
        using JsonDocument request = JsonDocument.Parse(body);
        JsonElement device = request.RootElement.GetProperty("devices").EnumerateArray().First(device => device.GetProperty("id").GetString() == id);
        return Encoding.UTF8.GetBytes(device.GetRawText());
    }

    /// <summary>The site's ZIP code, or null.</summary>
    public static string? ZipCode(byte[] body)
    {
        using JsonDocument request = JsonDocument.Parse(body);
        return request.RootElement.GetProperty("site").TryGetProperty("zip_code", out JsonElement zip) ? zip.GetString() : null;
    }
}
