namespace Flip.Edge.Simulator.Demo;

/// <summary>The story does not end well; the message says how.</summary>
internal sealed class DemoFailedException(string message) : Exception(message);
