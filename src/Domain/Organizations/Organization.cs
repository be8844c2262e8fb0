using EventEngine.Domain.Shared;

namespace EventEngine.Domain.Organizations;

/// <summary>A tenant, as far as decisions need to know it.</summary>
public sealed record Organization(bool Exists, Plan Plan)
{
    public static Organization Initial { get; } = new(Exists: false, Plan.Free);

    public static Organization Evolve(Organization state, IFact fact) => fact switch
    {
        OrganizationCreated created => state with { Exists = true, Plan = created.Plan },
        PlanChanged changed => state with { Plan = changed.Plan },
        _ => state,
    };

    /// <summary>Repeated, it says nothing new.</summary>
    public IReadOnlyCollection<IFact> Create(string name, string slug, Plan plan, Guid? owner, DateTimeOffset at)
    {
        if (Exists) return [];
        var created = new OrganizationCreated(at, name, slug, plan);
        return owner is { } person ? [created, new MemberJoined(at, person, Role.Owner)] : [created];
    }
}
