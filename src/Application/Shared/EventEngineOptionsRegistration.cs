using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace EventEngine.Application.Shared;

public static class EventEngineOptionsRegistration
{
    private const string Root = "EventEngine.sln";

    /// <summary>Binds the settings and makes their folders absolute, so that web host, worker and command line mean the same ones.</summary>
    public static IServiceCollection AddEventEngineOptions(this IServiceCollection services, IConfiguration configuration)
    {
        services.Configure<EventEngineOptions>(configuration.GetSection(EventEngineOptions.Section));
        return services.PostConfigure<EventEngineOptions>(options =>
        {
            options.DataDirectory = Path.GetFullPath(options.DataDirectory, RepositoryOrWorkingDirectory());
            options.KeysDirectory = Path.GetFullPath(options.KeysDirectory is { Length: > 0 } keys ? keys : "keys", options.DataDirectory);
        });
    }

    private static string RepositoryOrWorkingDirectory()
    {
        var working = Directory.GetCurrentDirectory();
        for (var folder = working; folder is not null; folder = Path.GetDirectoryName(folder))
            if (File.Exists(Path.Combine(folder, Root))) return folder;
        return working;
    }
}
