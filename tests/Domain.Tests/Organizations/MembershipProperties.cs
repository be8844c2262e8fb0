using EventEngine.Domain.Organizations;
using EventEngine.Domain.Shared;
using FsCheck;
using FsCheck.Fluent;
using static EventEngine.Domain.Tests.Organizations.Story;

namespace EventEngine.Domain.Tests.Organizations;

/// <summary>Whatever people, tokens and the operator try, in any order.</summary>
public sealed class MembershipProperties
{
    private static readonly Config Thorough = Config.QuickThrowOnFailure.WithMaxTest(500);
    private static readonly Guid[] People = [Olga, Adam, Dora, Max, Stranger];
    private static readonly Guid[] Letters = [.. Enumerable.Range(1, 3).Select(number => new Guid(number, 1, 0, new byte[8]))];

    private static readonly Gen<Actor> Actors = Gen.OneOf(
        Gen.Elements(People).Select(By), Gen.Elements(Token(Permission.ManagePeople), Token([.. Enum.GetValues<Permission>()]), Actor.Operator(Id)));

    private static readonly Gen<Command> Commands =
        from actor in Actors
        from person in Gen.Elements(People)
        from letter in Gen.Elements(Letters)
        from role in Gen.Elements(Enum.GetValues<Role>())
        from kind in Gen.Choose(0, 7)
        select new Command(actor, person, letter, role, kind);

    [Fact]
    public void There_is_always_an_owner() => InAnyStory((_, command, next) => next.Members.Values.ShouldContain(Role.Owner, command.ToString()));

    [Fact]
    public void Only_who_has_an_owners_rights_changes_who_owns_it() => InAnyStory((state, command, next) =>
    {
        if (!command.IsAcceptance && !OwnersOf(next).SetEquals(OwnersOf(state))) command.HasOwnersRights(state).ShouldBeTrue(command.ToString());
    });

    [Fact]
    public void What_was_done_is_not_done_again() => InAnyStory((_, command, next) =>
    {
        if (command.IsRepeatable) command.TryOn(next).ShouldBeEmpty(command.ToString());
    });

    private static void InAnyStory(Action<Organization, Command, Organization> check) =>
        Check.One(Thorough, Prop.ForAll(Arb.From(Commands.ListOf()), commands =>
        {
            var state = Acme().State;
            foreach (var command in commands)
            {
                var next = command.TryOn(state).Aggregate(state, Organization.Evolve);
                check(state, command, next);
                state = next;
            }
        }));

    private static HashSet<Guid> OwnersOf(Organization state) => [.. state.Members.Where(member => member.Value == Role.Owner).Select(member => member.Key)];

    private sealed record Command(Actor By, Guid Person, Guid Letter, Role Role, int Kind)
    {
        public bool IsAcceptance => Kind == 7;

        /// <summary>Sending a letter again is the one thing that can be done twice.</summary>
        public bool IsRepeatable => Kind != 5;

        public IReadOnlyCollection<IFact> TryOn(Organization state)
        {
            try
            {
                return Decide(state);
            }
            catch (Exception e) when (e is DomainException or RoleNeededException or NotAMemberException)
            {
                return [];
            }
        }

        private IReadOnlyCollection<IFact> Decide(Organization state) => Kind switch
        {
            0 => state.Permit(By, Permission.ManagePeople).ChangeRole(By, Person, Role, Noon),
            1 => state.Permit(By, Permission.ManagePeople).Remove(By, Person, Noon),
            2 => By.PersonId is { } self ? state.Permit(By, Permission.Read).Leave(self, Noon) : [],
            3 => state.Permit(By, Permission.ManageOrganization).TransferOwnership(By, Person, Noon),
            4 => state.Permit(By, Permission.ManagePeople).Invite(By, Letter, Role, Noon),
            5 => state.Permit(By, Permission.ManagePeople).ResendInvitation(By, Letter, Noon),
            6 => state.Permit(By, Permission.ManagePeople).RevokeInvitation(By, Letter, Noon),
            _ => state.AcceptInvitation(Letter, Person, Noon),
        };

        public bool HasOwnersRights(Organization state)
        {
            try
            {
                return state.Permit(By, Permission.ManageOrganization).Exists;
            }
            catch (Exception e) when (e is RoleNeededException or NotAMemberException)
            {
                return false;
            }
        }
    }
}
