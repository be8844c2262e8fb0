namespace EventEngine.Web.Apps;

public static class AppEraserRegistration
{
    public static IServiceCollection AddAppEraser(this IServiceCollection services) => services.AddHostedService<AppEraser>();
}
