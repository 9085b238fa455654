using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Flip.Edge.Status;

namespace Flip.Edge.Local;

/// <summary>Types of the problems that the endpoint answers.</summary>
internal static class Problems
{
    public const string NotYet = "https://flip-edge.invalid/problems/not-commissioned";
    public const string NoSuchPath = "https://flip-edge.invalid/problems/no-such-path";
    public const string OtherMethod = "https://flip-edge.invalid/problems/other-method";
    public const string Attention = "https://flip-edge.invalid/problems/needs-attention";
    public const string OtherSite = "https://flip-edge.invalid/problems/other-site";
    public const string Site = "https://flip-edge.invalid/problems/site-data";
    public const string Configuration = "https://flip-edge.invalid/problems/configuration";
    public const string SocketOnly = "https://flip-edge.invalid/problems/socket-only";
    public const string UnknownDevice = "https://flip-edge.invalid/problems/unknown-device";
    public const string TooMany = "https://flip-edge.invalid/problems/too-many";
    public const string Storage = "https://flip-edge.invalid/problems/storage";
}

/// <summary>Writes answers.</summary>
internal static class LocalAnswer
{
    public static Task Problem(HttpContext context, Problem problem)
    {
        context.Response.ContentType = "application/problem+json";
        return Json(context, problem.Status, problem, StatusJson.Readable.Problem);
    }

    public static async Task Json<T>(HttpContext context, int statusCode, T body, JsonTypeInfo<T> type)
    {
        context.Response.StatusCode = statusCode;
        context.Response.ContentType ??= "application/json";
        byte[] bytes = JsonSerializer.SerializeToUtf8Bytes(body, type);
        context.Response.ContentLength = bytes.Length;
        await context.Response.Body.WriteAsync(bytes, context.RequestAborted);
    }

    public static async Task Bytes(HttpContext context, byte[] json)
    {
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = json.Length;
        await context.Response.Body.WriteAsync(json, context.RequestAborted);
    }

    public static async Task Text(HttpContext context, string type, string text)
    {
        context.Response.ContentType = type;
        await context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(text), context.RequestAborted);
    }
}
