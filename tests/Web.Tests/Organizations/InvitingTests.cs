using EventEngine.Application.EventStore;
using EventEngine.Application.Organizations;
using EventEngine.Application.Shared;
using EventEngine.Domain.Organizations;
using EventEngine.Domain.Shared;
using EventEngine.Testing;
using EventEngine.Web.Tests.Api;

namespace EventEngine.Web.Tests.Organizations;

public sealed class InvitingTests(ApiHost host) : IClassFixture<ApiHost>
{
    private const string Origin = "https://events.example";

    [Fact]
    public async Task The_letter_says_who_invites_to_what_and_is_the_same_for_everybody()
    {
        var owner = await host.PersonAsync("mira@letters.test", "Mira");
        await host.PersonAsync("known@letters.test");
        var organization = await host.OrganizationAsync("Letters <Ltd>", owner);
        foreach (var email in new[] { "known@letters.test", "nobody@letters.test" }) await InviteAsync(organization, owner, email);
        var known = await ReadAsync("known@letters.test");
        known.ShouldBe(await ReadAsync("nobody@letters.test"));
        Snapshot.Matches(known);
    }

    [Fact]
    public async Task Accepting_joins_once_and_forgets_the_address()
    {
        var (owner, guest) = (await host.PersonAsync("o@accept.test"), await host.PersonAsync("g@accept.test"));
        var organization = await host.OrganizationAsync("Accepting", owner);
        await InviteAsync(organization, owner, "other@accept.test", Role.Developer);
        var token = await host.TokenInLetterAsync("other@accept.test");
        await host.CaughtUpAsync();
        (await host.SendAsync(new GetInvitation(token))).Value.ShouldBe(new InvitationOffer(organization, "Accepting", "other@accept.test", Role.Developer, HasAccount: false));
        (await host.SendAsync(new AcceptInvitation(token, guest))).Organization.ShouldBe(organization);
        await host.CaughtUpAsync();
        (await host.SendAsync(new ListMembers(organization))).Value.Select(member => (member.PersonId, member.Role)).ShouldBe([(owner, Role.Owner), (guest, Role.Developer)]);
        (await host.SendAsync(new ListInvitations(organization))).Value.ShouldBeEmpty();
        await IsClosedAsync(token);
        (await RowsAsync(organization)).ShouldBe(0L);
    }

    [Fact]
    public async Task Sent_again_only_the_new_link_works_and_not_too_often()
    {
        var owner = await host.PersonAsync("o@resend.test");
        var organization = await host.OrganizationAsync("Resending", owner);
        await InviteAsync(organization, owner, "g@resend.test");
        var old = await host.TokenInLetterAsync("g@resend.test");
        await host.CaughtUpAsync();
        var invitation = (await host.SendAsync(new ListInvitations(organization))).Value.Single();
        var resend = new ResendInvitation(Actor.Person(organization, owner), invitation.Id, Origin);
        (await Should.ThrowAsync<DomainException>(() => host.SendAsync(resend))).Code.ShouldBe("too_soon");
        await ChangeAsync("update app.invitations set sent_at = sent_at - interval '2 minutes' where email = 'g@resend.test'");
        await host.SendAsync(resend);
        await IsClosedAsync(old);
        var renewed = await host.TokenInLetterAsync("g@resend.test");
        renewed.ShouldNotBe(old);
        (await host.SendAsync(new GetInvitation(renewed))).Value.Email.ShouldBe("g@resend.test");
    }

    [Fact]
    public async Task Expired_revoked_and_unknown_links_are_told_the_same()
    {
        var owner = await host.PersonAsync("o@closed.test");
        var organization = await host.OrganizationAsync("Closing", owner);
        await InviteAsync(organization, owner, "late@closed.test");
        await ChangeAsync("update app.invitations set expires_at = now() where email = 'late@closed.test'");
        await IsClosedAsync(await host.TokenInLetterAsync("late@closed.test"));
        await InviteAsync(organization, owner, "unwanted@closed.test");
        await host.CaughtUpAsync();
        var unwanted = (await host.SendAsync(new ListInvitations(organization))).Value.Single(open => open.Email == "unwanted@closed.test");
        await host.SendAsync(new RevokeInvitation(Actor.Person(organization, owner), unwanted.Id));
        await IsClosedAsync(await host.TokenInLetterAsync("unwanted@closed.test"));
        await IsClosedAsync(InvitationToken.Create());
    }

    [Fact]
    public async Task Nobody_is_invited_twice_and_members_are_not_invited()
    {
        var (owner, member) = (await host.PersonAsync("o@twice.test"), await host.PersonAsync("m@twice.test"));
        var organization = await host.OrganizationAsync("Inviting twice", owner, (member, Role.Member));
        await InviteAsync(organization, owner, "g@twice.test");
        (await Should.ThrowAsync<DomainException>(() => InviteAsync(organization, owner, "G@TWICE.test"))).Code.ShouldBe("already_invited");
        (await Should.ThrowAsync<DomainException>(() => InviteAsync(organization, owner, "M@twice.test"))).Code.ShouldBe("already_member");
        await Should.ThrowAsync<RoleNeededException>(() => InviteAsync(organization, member, "x@twice.test"));
        await Should.ThrowAsync<NotAMemberException>(() => InviteAsync(host.Theirs.Organization, owner, "x@twice.test"));
    }

    private Task<StorePosition?> InviteAsync(OrganizationId organization, Guid by, string email, Role role = Role.Member) =>
        host.SendAsync(new InviteMember(Actor.Person(organization, by), email, role, Origin));

    private async Task IsClosedAsync(InvitationToken token)
    {
        await Should.ThrowAsync<NotFoundException>(() => host.SendAsync(new GetInvitation(token)));
        await Should.ThrowAsync<NotFoundException>(() => host.SendAsync(new AcceptInvitation(token, Guid.NewGuid())));
    }

    private async Task<string> ReadAsync(string email)
    {
        var letter = (await host.LettersAsync()).First(mail => mail.Letter.To == email).Letter;
        var token = (await host.TokenInLetterAsync(email)).Secret;
        return $"{letter.Subject}\n\n{letter.Text}\n\n{letter.Html}".Replace(token, "TOKEN", StringComparison.Ordinal);
    }

    private async Task ChangeAsync(string sql)
    {
        await using var change = host.Database.DataSource.CreateCommand(sql);
        (await change.ExecuteNonQueryAsync()).ShouldBe(1);
    }

    private async Task<object?> RowsAsync(OrganizationId organization)
    {
        await using var count = host.Database.DataSource.CreateCommand("select count(*) from app.invitations where organization_id = $1");
        count.Parameters.AddWithValue(organization.Value);
        return await count.ExecuteScalarAsync();
    }
}
