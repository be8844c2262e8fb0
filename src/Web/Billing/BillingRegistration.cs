namespace EventEngine.Web.Billing;

public static class BillingRegistration
{
    public static IServiceCollection AddBilling(this IServiceCollection services) => services.AddHostedService<QuotaWatch>();
}
