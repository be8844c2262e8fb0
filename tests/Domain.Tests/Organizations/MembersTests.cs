using EventEngine.Domain.Organizations;
using static EventEngine.Domain.Tests.Organizations.Story;

namespace EventEngine.Domain.Tests.Organizations;

public sealed class MembersTests
{
    [Fact]
    public void A_role_is_changed_once()
    {
        Acme().Then(state => state.ChangeRole(By(Adam), Max, Role.Developer, Noon), new RoleChanged(Noon, Max, Role.Developer));
        Acme(new RoleChanged(Noon, Max, Role.Developer)).Then(state => state.ChangeRole(By(Adam), Max, Role.Developer, Noon));
    }

    [Fact]
    public void A_stranger_has_no_role_to_change() => Acme().IsRefused(state => state.ChangeRole(By(Olga), Stranger, Role.Admin, Noon), "not_a_member");

    [Fact]
    public void An_admin_neither_makes_nor_unmakes_owners()
    {
        Acme().NeedsOwner(state => state.ChangeRole(By(Adam), Max, Role.Owner, Noon));
        Acme().NeedsOwner(state => state.ChangeRole(By(Adam), Adam, Role.Owner, Noon));
        Acme().NeedsOwner(state => state.ChangeRole(By(Adam), Olga, Role.Member, Noon));
        Acme().NeedsOwner(state => state.Remove(By(Adam), Olga, Noon));
    }

    [Fact]
    public void Nor_does_a_token_that_may_only_manage_people() =>
        Acme().NeedsOwner(state => state.ChangeRole(Token(Permission.ManagePeople), Max, Role.Owner, Noon));

    [Fact]
    public void The_last_owner_stays_one_whatever_is_asked()
    {
        Acme().IsRefused(state => state.ChangeRole(By(Olga), Olga, Role.Admin, Noon), "last_owner");
        Acme().IsRefused(state => state.Remove(By(Olga), Olga, Noon), "last_owner");
        Acme().IsRefused(state => state.Leave(Olga, Noon), "last_owner");
    }

    [Fact]
    public void One_of_two_owners_may_go()
    {
        var two = Acme(new RoleChanged(Noon, Adam, Role.Owner));
        two.Then(state => state.ChangeRole(By(Olga), Olga, Role.Admin, Noon), new RoleChanged(Noon, Olga, Role.Admin));
        two.Then(state => state.Remove(By(Olga), Adam, Noon), new MemberRemoved(Noon, Adam));
        two.Then(state => state.Leave(Olga, Noon), new MemberLeft(Noon, Olga));
    }

    [Fact]
    public void A_member_is_removed_once()
    {
        Acme().Then(state => state.Remove(By(Adam), Dora, Noon), new MemberRemoved(Noon, Dora));
        Acme(new MemberRemoved(Noon, Dora)).Then(state => state.Remove(By(Adam), Dora, Noon));
    }

    [Fact]
    public void Removing_oneself_is_leaving() => Acme().Then(state => state.Remove(By(Adam), Adam, Noon), new MemberLeft(Noon, Adam));

    [Fact]
    public void Ownership_is_handed_to_a_member()
    {
        var moved = new OwnershipTransferred(Noon, Olga, Dora);
        Acme().Then(state => state.TransferOwnership(By(Olga), Dora, Noon), moved);
        Acme(moved).State.Members.ShouldContain(pair => pair.Key == Olga && pair.Value == Role.Admin);
        Acme(moved).State.Members.ShouldContain(pair => pair.Key == Dora && pair.Value == Role.Owner);
    }

    [Fact]
    public void Only_an_owner_in_person_hands_it_over_and_only_to_a_member()
    {
        Acme().IsRefused(state => state.TransferOwnership(By(Adam), Dora, Noon), "owner_needed");
        Acme().IsRefused(state => state.TransferOwnership(Token(Permission.ManageOrganization), Dora, Noon), "owner_needed");
        Acme().IsRefused(state => state.TransferOwnership(By(Olga), Stranger, Noon), "not_a_member");
        Acme().Then(state => state.TransferOwnership(By(Olga), Olga, Noon));
    }
}
