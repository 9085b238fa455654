using Flip.Edge.KillLoop;

return await KillLoopCommand.Create().Parse(args).InvokeAsync();
