using EventEngine.Application.EventStore;
using EventEngine.Application.Shared;
using EventEngine.Infrastructure.EventStore.Embedded;
using Microsoft.Extensions.DependencyInjection;

namespace EventEngine.Infrastructure.EventStore;

public static class EventStoreRegistration
{
    private const string Embedded = "Embedded";

    public static IServiceCollection AddEventStore(this IServiceCollection services)
    {
        services.AddOptions<EventEngineOptions>()
            .Validate(
                options => string.Equals(options.EventStore.Provider, Embedded, StringComparison.OrdinalIgnoreCase),
                $"EventEngine:EventStore:Provider has to be {Embedded}: this version has no other event store.")
            .ValidateOnStart();
        services.AddSingleton<IEventStore, EmbeddedEventStore>();
        services.AddSingleton<StoreHead>();
        services.AddSingleton<IStoreHead>(provider => provider.GetRequiredService<StoreHead>());
        services.AddHostedService(provider => provider.GetRequiredService<StoreHead>());
        return services;
    }
}
