using EventEngine.Application.Shared;
using EventEngine.Infrastructure.EventStore.EventStoreDb.Client.Connections;
using Microsoft.Extensions.Options;

namespace EventEngine.Infrastructure.EventStore;

/// <summary>Which event store, and where: found out at the start whether it makes sense.</summary>
internal sealed class EventStoreSettings : IValidateOptions<EventEngineOptions>
{
    public static bool IsEmbedded(EventStoreOptions options) => string.Equals(options.Provider, EventStoreOptions.Embedded, StringComparison.OrdinalIgnoreCase);

    public static ConnectionSettings Connection(EventStoreOptions options) => ConnectionString.Parse(options.ConnectionString ?? "");

    public ValidateOptionsResult Validate(string? name, EventEngineOptions options)
    {
        if (IsEmbedded(options.EventStore)) return ValidateOptionsResult.Success;
        if (!string.Equals(options.EventStore.Provider, EventStoreOptions.EventStoreDb, StringComparison.OrdinalIgnoreCase))
            return ValidateOptionsResult.Fail(
                $"EventEngine:EventStore:Provider has to be {EventStoreOptions.Embedded} or {EventStoreOptions.EventStoreDb}.");
        try
        {
            var file = Connection(options.EventStore).TlsCaFile;
            return file is null || File.Exists(file)
                ? ValidateOptionsResult.Success
                : ValidateOptionsResult.Fail($"EventEngine:EventStore:ConnectionString names a tlsCaFile that does not exist: {file}.");
        }
        catch (FormatException e)
        {
            return ValidateOptionsResult.Fail($"EventEngine:EventStore:ConnectionString can't be used. {e.Message}");
        }
    }
}
