using EventEngine.Application.Shared;

namespace EventEngine.Web.Demo;

public static class DemoRegistration
{
    public static IServiceCollection AddDemo(this IServiceCollection services, IConfiguration configuration) =>
        configuration.GetValue<bool>("EventEngine:Demo")
            ? services.AddSingleton<DemoDesks>().AddHostedService<DemoService>().PostConfigure<EventEngineOptions>(Configure)
            : services;

    /// <summary>Its apps live in this very process.</summary>
    private static void Configure(EventEngineOptions options)
    {
        options.Operators ??= DemoService.Email;
        options.Outbound.AllowedNetworks ??= "127.0.0.0/8, ::1/128";
        options.Outbound.PlainHttp = true;
    }
}
