using EventEngine.Domain.Shared;

namespace EventEngine.Domain.Organizations;

public sealed partial record Organization
{
    /// <summary>A smaller plan takes no app away; it only has no room for another.</summary>
    public IReadOnlyCollection<IFact> ChangePlan(Plan plan, DateTimeOffset at) => Plan == plan ? [] : [new PlanChanged(at, plan)];
}
