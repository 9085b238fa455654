using System.Runtime.Versioning;
using Flip.Edge.Cli;

// Unix sockets with modes, systemd, ptys: the gateways are Linux.
[assembly: SupportedOSPlatform("linux")]

return await EdgeCommandLine.RunAsync(args);
