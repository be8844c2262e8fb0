using EventEngine.Domain.Organizations;

namespace EventEngine.Application.Billing;

/// <summary>What a plan costs, said here alone; what it allows is a setting.</summary>
public static class PlanPrices
{
    /// <returns>US dollars a month; null: by agreement.</returns>
    public static int? DollarsAMonth(this Plan plan) => plan switch
    {
        Plan.Free => 0,
        Plan.Starter => 29,
        Plan.Pro => 99,
        Plan.Enterprise => null,
        _ => throw new ArgumentOutOfRangeException(nameof(plan), plan, null),
    };
}
