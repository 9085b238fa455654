return await Flip.Edge.Simulator.Commands.SimulatorCommandLine.RunAsync(args).ConfigureAwait(false);
