using EventEngine.Infrastructure.Postgres;

// A process that uses the embedded server of the folder it is given, until it is killed or told to end. See HolderProcess.
await using var server = await EmbeddedPostgres.StartAsync(new EmbeddedPostgresSettings(args[0]));
Console.WriteLine(server.ConnectionString);
await Console.In.ReadLineAsync();
