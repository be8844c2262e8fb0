using EventEngine.Application.AccessTokens;
using Microsoft.Extensions.DependencyInjection;

namespace EventEngine.Infrastructure.AccessTokens;

public static class AccessTokensRegistration
{
    public static IServiceCollection AddAccessTokens(this IServiceCollection services) => services.AddSingleton<IAccessTokens, AccessTokens>();
}
