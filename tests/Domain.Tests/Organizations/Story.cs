using EventEngine.Domain.Organizations;
using EventEngine.Domain.Shared;

namespace EventEngine.Domain.Tests.Organizations;

/// <summary>Given these facts, when that is decided, then those facts.</summary>
internal sealed class Story
{
    public static readonly DateTimeOffset Noon = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);
    public static readonly OrganizationId Id = new(Guid.Parse("aaaaaaaa-0000-0000-0000-000000000000"));
    public static readonly Guid Olga = Person(1), Adam = Person(2), Dora = Person(3), Max = Person(4), Stranger = Person(9);
    public static readonly Guid Letter = Guid.Parse("bbbbbbbb-0000-0000-0000-000000000001");

    private readonly Organization _state;

    private Story(Organization state) => _state = state;

    public Organization State => _state;

    /// <summary>Olga owns it, Adam is an admin, Dora a developer, Max a member.</summary>
    public static Story Acme(params IFact[] facts) => new Story(Organization.Initial).And(
    [
        new OrganizationCreated(Noon, "Acme", "acme", Plan.Pro), new MemberJoined(Noon, Olga, Role.Owner), new MemberJoined(Noon, Adam, Role.Admin),
        new MemberJoined(Noon, Dora, Role.Developer), new MemberJoined(Noon, Max, Role.Member), .. facts,
    ]);

    public static Actor By(Guid person) => Actor.Person(Id, person);

    public static Actor Token(params Permission[] scopes) => Actor.Token(Id, Person(7), scopes);

    public Story And(IReadOnlyCollection<IFact> facts) => new(facts.Aggregate(_state, Organization.Evolve));

    public void Then(Func<Organization, IReadOnlyCollection<IFact>> decide, params IFact[] expected) => decide(_state).ShouldBe(expected);

    public void IsRefused(Func<Organization, IReadOnlyCollection<IFact>> decide, string code) => Should.Throw<DomainException>(() => decide(_state)).Code.ShouldBe(code);

    public void NeedsOwner(Func<Organization, IReadOnlyCollection<IFact>> decide) =>
        Should.Throw<RoleNeededException>(() => decide(_state)).Permission.ShouldBe(Permission.ManageOrganization);

    private static Guid Person(int number) => new(number, 0, 0, [0, 0, 0, 0, 0, 0, 0, 0]);
}
