using System.CommandLine;
using EventEngine.Projections.CommandLine;

var root = new RootCommand("EventEngine Cloud: runs the projections, and tells operators how they are.")
{
    RunCommand.Create(),
    StatusCommand.Create(),
    OrganizationCommand.Create(),
    RetentionCommand.Create(),
    RebuildCommand.Create(),
    VerifyCommand.Create(),
    ParkingCommands.Retry(),
    ParkingCommands.Park(),
    ParkingCommands.List(),
    UnparkCommand.Create(),
    CopyCommand.Create(),
};
return await root.Parse(args).InvokeAsync();
