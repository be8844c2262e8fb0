using System.CommandLine;
using EventEngine.Infrastructure.Postgres;
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
try
{
    return await root.Parse(args).InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
}
catch (Exception e)
{
    await Console.Error.WriteLineAsync(e is DatabaseUnavailableException ? e.Message : e.ToString());
    return 1;
}
