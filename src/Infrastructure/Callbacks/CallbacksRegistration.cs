using EventEngine.Application.Callbacks;
using EventEngine.Infrastructure.Outbound;
using Microsoft.Extensions.DependencyInjection;

namespace EventEngine.Infrastructure.Callbacks;

public static class CallbacksRegistration
{
    public static IServiceCollection AddCallbacks(this IServiceCollection services) => services.AddOutbound().AddSingleton<ICallbacks, Callbacks>();
}
