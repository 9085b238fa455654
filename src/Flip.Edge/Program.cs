using Flip.Edge.Cli;

return await EdgeCommandLine.RunAsync(args);
