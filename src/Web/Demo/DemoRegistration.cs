using EventEngine.Application.Shared;

namespace EventEngine.Web.Demo;

public static class DemoRegistration
{
    public static IServiceCollection AddDemo(this IServiceCollection services, IConfiguration configuration) =>
        configuration.GetValue<bool>("EventEngine:Demo")
            ? services.AddHostedService<DemoService>().PostConfigure<EventEngineOptions>(options => options.Operators ??= DemoService.Email)
            : services;
}
