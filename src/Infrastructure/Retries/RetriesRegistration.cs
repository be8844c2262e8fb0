using EventEngine.Application.Retries;
using Microsoft.Extensions.DependencyInjection;

namespace EventEngine.Infrastructure.Retries;

public static class RetriesRegistration
{
    public static IServiceCollection AddRetries(this IServiceCollection services) => services
        .AddSingleton<IRetryLeases, RetryLeases>()
        .AddSingleton<RetryRunner>()
        .AddHostedService<RetryService>();
}
