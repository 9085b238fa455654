using System.Collections;
using System.Reflection;
using Microsoft.Extensions.Logging;

namespace Flip.Edge.Tests.Logs;

/// <summary>
/// The native binary formats a value of a log line as it is: what Microsoft.Extensions.Logging does for lists and for null is left out of it
/// (src/Flip.Edge/Unreachable.xml).
/// </summary>
public sealed class LogParametersTests
{
    [Fact]
    public void No_log_message_takes_a_list_or_null()
    {
        NullabilityInfoContext nullability = new();
        ParameterInfo[] parameters =
        [
            .. typeof(EdgeHost).Assembly.GetTypes()
                .SelectMany(type => type.GetMethods(BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
                .Where(method => method.IsDefined(typeof(LoggerMessageAttribute)))
                .SelectMany(method => method.GetParameters())
                .Where(parameter => !parameter.ParameterType.IsAssignableTo(typeof(Exception)) && !parameter.ParameterType.IsAssignableTo(typeof(ILogger))),
        ];

        Assert.True(parameters.Length > 50, $"{parameters.Length} parameters were found");
        Assert.All(parameters, parameter => Assert.True(
            nullability.Create(parameter).WriteState != NullabilityState.Nullable
                && (parameter.ParameterType == typeof(string) || !parameter.ParameterType.IsAssignableTo(typeof(IEnumerable))),
            $"{parameter.Member.DeclaringType}.{parameter.Member.Name} takes {parameter}: give it a sentence"));
    }
}
