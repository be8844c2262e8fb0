using EventEngine.Application.Apps;
using EventEngine.Application.Shared;
using EventEngine.Infrastructure.Ingestion;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace EventEngine.Infrastructure.Apps;

public static class AppsRegistration
{
    public static IServiceCollection AddApps(this IServiceCollection services) => services
        .AddKeyVault().AddHostedService<KeyUses>()
        .AddSingleton<IKeyTraces, KeyTraces>().AddSingleton<RefusedRequestRows>().AddHostedService<RefusedRequestWriter>();

    /// <summary>The key ring is a folder of its own, never beside the ciphertext that it opens.</summary>
    public static IServiceCollection AddKeyVault(this IServiceCollection services)
    {
        services.AddDataProtection().SetApplicationName("EventEngine");
        services.AddOptions<KeyManagementOptions>().Configure<IOptions<EventEngineOptions>, ILoggerFactory>((ring, options, log) =>
            ring.XmlRepository = new FileSystemXmlRepository(new DirectoryInfo(options.Value.KeysDirectory!), log));
        return services.AddSingleton<IApiKeyVault, ApiKeyVault>();
    }
}
