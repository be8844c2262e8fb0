namespace EventEngine.Web.Mail;

public static class MailDeliveryRegistration
{
    private static readonly TimeSpan HealthTimeout = TimeSpan.FromSeconds(3);

    public static IServiceCollection AddMailDelivery(this IServiceCollection services)
    {
        services.AddHealthChecks().AddCheck<MailHealth>("mail", timeout: HealthTimeout);
        return services.AddSingleton<Outbox>().AddHostedService<MailDeliveryService>();
    }
}
