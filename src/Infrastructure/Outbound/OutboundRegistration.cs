using EventEngine.Application.Shared;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace EventEngine.Infrastructure.Outbound;

public static class OutboundRegistration
{
    public static IServiceCollection AddOutbound(this IServiceCollection services)
    {
        services.AddOptions<EventEngineOptions>().ValidateOnStart();
        services.TryAddSingleton<INames, SystemNames>();
        return services
            .AddSingleton<IValidateOptions<EventEngineOptions>, AllowedNetworksCheck>()
            .AddSingleton<AllowedNetworks>()
            .AddSingleton<OutboundConnector>()
            .AddSingleton(provider => new OutboundHttp(provider.GetRequiredService<OutboundConnector>(), provider.GetRequiredService<TimeProvider>()));
    }
}
