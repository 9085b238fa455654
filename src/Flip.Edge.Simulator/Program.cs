using System.CommandLine;
using Flip.Edge.Simulator.Cloud;

RootCommand root = new("Simulated parts for trying Flip.Edge without a battery or an account at Flip")
{
    CloudCommand.Create(),
};
return await root.Parse(args).InvokeAsync().ConfigureAwait(false);
