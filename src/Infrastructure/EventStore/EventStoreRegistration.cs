using EventEngine.Application.EventStore;
using EventEngine.Application.Shared;
using EventEngine.Infrastructure.EventStore.Embedded;
using EventEngine.Infrastructure.EventStore.EventStoreDb;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace EventEngine.Infrastructure.EventStore;

public static class EventStoreRegistration
{
    public static IServiceCollection AddEventStore(this IServiceCollection services)
    {
        services.AddOptions<EventEngineOptions>().ValidateOnStart();
        services.AddSingleton<IValidateOptions<EventEngineOptions>, EventStoreSettings>();
        services.AddSingleton<IEventStore>(provider =>
        {
            var settings = provider.GetRequiredService<IOptions<EventEngineOptions>>().Value.EventStore;
            return EventStoreSettings.IsEmbedded(settings)
                ? ActivatorUtilities.CreateInstance<EmbeddedEventStore>(provider)
                : ActivatorUtilities.CreateInstance<EventStoreDbStore>(provider, EventStoreSettings.Connection(settings));
        });
        services.AddSingleton<StoreHead>();
        services.AddSingleton<IStoreHead>(provider => provider.GetRequiredService<StoreHead>());
        services.AddHostedService(provider => provider.GetRequiredService<StoreHead>());
        return services;
    }
}
