namespace EventEngine.Web.Live;

public static class LiveRegistration
{
    public static IServiceCollection AddLive(this IServiceCollection services)
    {
        services.AddSignalR();
        services.AddSingleton<LiveFeed>();
        services.AddSingleton<LiveConnections>();
        return services.AddHostedService<ChangeListener>();
    }

    public static IEndpointRouteBuilder MapLive(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapHub<LiveHub>("/live");
        return endpoints;
    }
}
