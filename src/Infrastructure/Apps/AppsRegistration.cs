using EventEngine.Application.Apps;
using EventEngine.Application.Shared;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;

namespace EventEngine.Infrastructure.Apps;

public static class AppsRegistration
{
    /// <param name="options">Settings as configured: the key ring's folder is needed before the container is built.</param>
    public static IServiceCollection AddApps(this IServiceCollection services, EventEngineOptions options)
    {
        var keys = options.KeysDirectory ?? Path.Combine(options.DataDirectory, "keys");
        services.AddDataProtection().SetApplicationName("EventEngine").PersistKeysToFileSystem(new DirectoryInfo(keys));
        return services.AddSingleton<IApiKeyVault, ApiKeyVault>();
    }
}
