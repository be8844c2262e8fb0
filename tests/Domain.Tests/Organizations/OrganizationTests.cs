using EventEngine.Domain.Organizations;
using EventEngine.Domain.Shared;
using static EventEngine.Domain.Tests.Organizations.Story;

namespace EventEngine.Domain.Tests.Organizations;

public sealed class OrganizationTests
{
    private static readonly Guid TokenId = Guid.Parse("cccccccc-0000-0000-0000-000000000001");

    [Fact]
    public void It_is_renamed_once()
    {
        Acme().Then(state => state.Rename("Acme Ltd", Noon), new OrganizationRenamed(Noon, "Acme Ltd"));
        Acme(new OrganizationRenamed(Noon, "Acme Ltd")).Then(state => state.Rename("Acme Ltd", Noon));
    }

    [Fact]
    public void The_operator_turns_it_off_and_on_again()
    {
        var off = new OrganizationDisabled(Noon, "unpaid");
        Acme().Then(state => state.Disable("unpaid", Noon), off);
        Acme(off).Then(state => state.Disable("unpaid", Noon));
        Acme(off).Then(state => state.Disable("abuse", Noon), new OrganizationDisabled(Noon, "abuse"));
        Acme(off).Then(state => state.Enable(Noon), new OrganizationEnabled(Noon));
        Acme().Then(state => state.Enable(Noon));
    }

    [Fact]
    public void Off_it_permits_only_the_operator()
    {
        var off = Acme(new OrganizationDisabled(Noon, null)).State;
        Should.Throw<OrganizationDisabledException>(() => off.Permit(By(Olga), Permission.Read));
        Should.Throw<OrganizationDisabledException>(() => off.Permit(Token(Permission.Read), Permission.Read));
        off.Permit(Actor.Operator(Id), Permission.ManageBilling).ShouldBe(off);
    }

    [Theory]
    [InlineData(Permission.Read, Role.Member)]
    [InlineData(Permission.RetryEvents, Role.Developer)]
    [InlineData(Permission.ManagePeople, Role.Admin)]
    [InlineData(Permission.ManageOrganization, Role.Owner)]
    public void A_role_permits_what_it_reaches(Permission permission, Role needed)
    {
        foreach (var (person, role) in Acme().State.Members)
        {
            if (role >= needed) Acme().State.Permit(By(person), permission).Exists.ShouldBeTrue();
            else Should.Throw<RoleNeededException>(() => Acme().State.Permit(By(person), permission));
        }
    }

    [Fact]
    public void Strangers_and_those_of_no_organization_are_told_the_same()
    {
        var stranger = Should.Throw<NotAMemberException>(() => Acme().State.Permit(By(Stranger), Permission.Read));
        Should.Throw<NotAMemberException>(() => Organization.Initial.Permit(By(Stranger), Permission.Read)).Message.ShouldBe(stranger.Message);
    }

    [Fact]
    public void A_token_permits_its_scopes_and_names_the_one_it_lacks() =>
        Should.Throw<RoleNeededException>(() => Acme().State.Permit(Token(Permission.Read), Permission.ManageApps)).Message.ShouldBe("This access token lacks the scope manage_apps.");

    [Fact]
    public void Nobody_hands_out_more_than_they_may_do_themselves()
    {
        var issued = Acme().State.IssueToken(By(Adam), TokenId, "ci", [Permission.ManageApps, Permission.Read], null, Noon);
        issued.ShouldHaveSingleItem().ShouldBeOfType<AccessTokenIssued>().Scopes.ShouldBe([Permission.Read, Permission.ManageApps]);
        Acme().NeedsOwner(state => state.IssueToken(By(Adam), TokenId, "ci", [Permission.Read, Permission.ManageOrganization], null, Noon));
        Should.Throw<RoleNeededException>(() => Acme().State.IssueToken(Token(Permission.ManageTokens), TokenId, "ci", [Permission.Read], null, Noon))
            .Message.ShouldBe("This access token lacks the scope read.");
    }

    [Fact]
    public void A_token_is_issued_and_revoked_once()
    {
        var issued = new AccessTokenIssued(Noon, TokenId, "ci", [Permission.Read], null);
        Acme(issued).Then(state => state.IssueToken(By(Adam), TokenId, "ci", [Permission.Read], null, Noon));
        Acme(issued).Then(state => state.RevokeToken(TokenId, Noon), new AccessTokenRevoked(Noon, TokenId));
        var revoked = Acme(issued, new AccessTokenRevoked(Noon, TokenId));
        revoked.Then(state => state.RevokeToken(TokenId, Noon));
        revoked.Then(state => state.IssueToken(By(Adam), TokenId, "ci", [Permission.Read], null, Noon));
        Acme().IsRefused(state => state.IssueToken(By(Adam), TokenId, "ci", [], null, Noon), "no_scope");
    }

    [Fact]
    public void A_slug_that_is_taken_has_others_to_follow_and_one_that_nobody_else_can_have()
    {
        Slug.Candidates("Acme, Inc.", Id).ShouldBe(["acme-inc", .. Enumerable.Range(2, 8).Select(number => $"acme-inc-{number}"), "acme-inc-aaaaaaaa0000"]);
        Slug.Candidates(new string('x', 80), Id).ShouldAllBe(slug => slug.Length <= 40);
    }
}
