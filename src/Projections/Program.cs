using System.CommandLine;
using EventEngine.Projections.CommandLine;

var root = new RootCommand("EventEngine Cloud: runs the projections, and tells operators how they are.")
{
    RunCommand.Create(),
    StatusCommand.Create(),
};
return await root.Parse(args).InvokeAsync();
