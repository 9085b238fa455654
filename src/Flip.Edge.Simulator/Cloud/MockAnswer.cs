namespace Flip.Edge.Simulator.Cloud;

/// <summary>What an endpoint answers, before any of it is on the wire.</summary>
internal sealed record MockAnswer(int Status, string? ContentType, byte[] Body)
{
    /// <summary>Of a request that no endpoint was asked about.</summary>
    public static readonly MockAnswer Nothing = new(0, null, []);

    /// <summary>Lets the endpoint answer into memory. It may be called again with the same body, as for a request that came twice.</summary>
    public static async Task<MockAnswer> DecideAsync(HttpContext context, RequestDelegate next, byte[] body)
    {
        Stream wire = context.Response.Body;
        CancellationToken aborted = context.RequestAborted;
        using MemoryStream answer = new();
        context.Request.Body = new MemoryStream(body, writable: false);
        context.Response.Body = answer;

        // A client that has gone does not stop what it asked for.
        context.RequestAborted = CancellationToken.None;
        try
        {
            await next(context).ConfigureAwait(false);
            return new(context.Response.StatusCode, context.Response.ContentType, answer.ToArray());
        }
        finally
        {
            context.RequestAborted = aborted;
            context.Response.Body = wire;
            context.Response.Headers.Clear();
            context.Response.StatusCode = 200;
        }
    }

    public async Task SendAsync(HttpContext context)
    {
        context.Response.StatusCode = Status;
        context.Response.ContentType = ContentType;
        context.Response.ContentLength = Body.Length;
        await context.Response.Body.WriteAsync(Body, context.RequestAborted).ConfigureAwait(false);
    }
}
