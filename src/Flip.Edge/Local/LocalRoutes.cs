namespace Flip.Edge.Local;

/// <summary>Which answer belongs to which path and method.</summary>
/// <remarks>A dozen fixed paths. ASP.NET's web host with its routing does the same, and is 2 MB of the native binary (decision 25).</remarks>
internal sealed class LocalRoutes
{
    private readonly Dictionary<string, SortedDictionary<string, RequestDelegate>> _answers = new(StringComparer.OrdinalIgnoreCase);

    /// <param name="path">Without a slash at its end. Case does not matter.</param>
    /// <param name="method">In capitals.</param>
    /// <param name="answer">Answers it.</param>
    /// <exception cref="ArgumentException">The path has an answer for this method.</exception>
    public void Add(string path, string method, RequestDelegate answer)
    {
        if (!_answers.TryGetValue(path, out SortedDictionary<string, RequestDelegate>? methods)) _answers.Add(path, methods = new(StringComparer.Ordinal));
        methods.Add(method, answer);
    }

    /// <summary>Answers a request: 404 for a path that is not there, 405 for another method than the path's.</summary>
    public Task AnswerAsync(HttpContext context)
    {
        string path = context.Request.Path.Value ?? "/";
        if (!_answers.TryGetValue(path.Length > 1 ? path.TrimEnd('/') : path, out SortedDictionary<string, RequestDelegate>? methods))
        {
            return LocalAnswer.Problem(context, new(Problems.NoSuchPath, "Nothing is here", 404, $"{path} is no path of this endpoint; {Documents.Folder}/operations.md lists them."));
        }

        if (methods.TryGetValue(context.Request.Method, out RequestDelegate? answer)) return answer(context);
        string allowed = string.Join(", ", methods.Keys);
        context.Response.Headers.Allow = allowed;
        return LocalAnswer.Problem(context, new(Problems.OtherMethod, "Another method", 405, $"{path} takes {allowed}, and not {context.Request.Method}."));
    }
}
