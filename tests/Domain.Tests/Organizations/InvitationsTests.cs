using EventEngine.Domain.Organizations;
using EventEngine.Domain.Shared;
using static EventEngine.Domain.Tests.Organizations.Story;

namespace EventEngine.Domain.Tests.Organizations;

public sealed class InvitationsTests
{
    private static readonly MemberInvited Invited = new(Noon, Letter, Role.Developer), InvitedOwner = new(Noon, Letter, Role.Owner);

    [Fact]
    public void Somebody_is_invited_once()
    {
        Acme().Then(state => state.Invite(By(Adam), Letter, Role.Developer, Noon), Invited);
        Acme(Invited).Then(state => state.Invite(By(Adam), Letter, Role.Developer, Noon));
    }

    [Fact]
    public void Only_owners_decide_about_invitations_of_owners()
    {
        Acme().NeedsOwner(state => state.Invite(By(Adam), Letter, Role.Owner, Noon));
        Acme(InvitedOwner).NeedsOwner(state => state.ResendInvitation(By(Adam), Letter, Noon));
        Acme(InvitedOwner).NeedsOwner(state => state.RevokeInvitation(By(Adam), Letter, Noon));
        Acme().Then(state => state.Invite(By(Olga), Letter, Role.Owner, Noon), InvitedOwner);
    }

    [Fact]
    public void So_many_are_open_and_no_more()
    {
        var many = Enumerable.Range(0, Organization.MaxOpenInvitations).Select(_ => new MemberInvited(Noon, Guid.NewGuid(), Role.Member)).ToArray<IFact>();
        Acme(many).IsRefused(state => state.Invite(By(Olga), Letter, Role.Member, Noon), "too_many_invitations");
    }

    [Fact]
    public void Accepting_joins_with_the_role_that_was_offered() =>
        Acme(Invited).Then(state => state.AcceptInvitation(Letter, Stranger, Noon), new InvitationAccepted(Noon, Letter, Stranger), new MemberJoined(Noon, Stranger, Role.Developer));

    [Fact]
    public void Who_belongs_to_it_already_keeps_the_role_that_she_has() =>
        Acme(Invited).Then(state => state.AcceptInvitation(Letter, Olga, Noon), new InvitationAccepted(Noon, Letter, Olga));

    [Fact]
    public void What_is_not_open_is_neither_accepted_nor_sent_again()
    {
        Story[] closed = [Acme(), Acme(Invited, new InvitationRevoked(Noon, Letter)), Acme(Invited, new InvitationAccepted(Noon, Letter, Stranger))];
        foreach (var story in closed)
        {
            story.IsRefused(state => state.AcceptInvitation(Letter, Max, Noon), "invitation_closed");
            story.IsRefused(state => state.ResendInvitation(By(Olga), Letter, Noon), "invitation_closed");
            story.Then(state => state.RevokeInvitation(By(Olga), Letter, Noon));
        }
    }

    [Fact]
    public void A_disabled_organization_takes_nobody_in()
    {
        var story = Acme(Invited, new OrganizationDisabled(Noon, "unpaid"));
        Should.Throw<OrganizationDisabledException>(() => story.State.AcceptInvitation(Letter, Stranger, Noon)).Message.ShouldEndWith("unpaid");
    }

    [Fact]
    public void Sending_again_and_revoking_are_told()
    {
        Acme(Invited).Then(state => state.ResendInvitation(By(Adam), Letter, Noon), new InvitationResent(Noon, Letter));
        Acme(Invited).Then(state => state.RevokeInvitation(By(Adam), Letter, Noon), new InvitationRevoked(Noon, Letter));
    }
}
