using EventEngine.Application.Shared;

namespace EventEngine.Web.Demo;

public static class DemoRegistration
{
    public static IServiceCollection AddDemo(this IServiceCollection services, EventEngineOptions options) =>
        options.Demo ? services.AddHostedService<DemoService>() : services;
}
