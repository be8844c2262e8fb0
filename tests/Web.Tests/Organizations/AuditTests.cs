using EventEngine.Application.Apps;
using EventEngine.Application.Audit;
using EventEngine.Application.Organizations;
using EventEngine.Domain.Apps;
using EventEngine.Domain.Organizations;
using EventEngine.Testing;
using EventEngine.Web.Tests.Api;

namespace EventEngine.Web.Tests.Organizations;

public sealed class AuditTests(ApiHost host) : IClassFixture<ApiHost>
{
    [Fact]
    public async Task It_tells_who_did_what_from_the_organizations_and_its_apps_own_streams()
    {
        var (olga, adam) = (await host.PersonAsync("olga@audit.test", "Olga"), await host.PersonAsync("adam@audit.test", "Adam"));
        var organization = await host.OrganizationAsync("Audited", olga, (adam, Role.Member));
        var (byOlga, app, key) = (Actor.Person(organization, olga), new AppId(Guid.NewGuid()), Guid.NewGuid());
        await host.SendAsync(new ChangeRole(byOlga, adam, Role.Admin));
        await host.SendAsync(new RegisterApp(Actor.Person(organization, adam), app, "Shop", "production"));
        await host.SendAsync(new IssueApiKey(Actor.Person(organization, adam), key, app, new ApiKey($"ee_live_{new string('x', 28)}wxyz")));
        await host.SendAsync(new RenameOrganization(byOlga, "Audited Ltd"));
        await host.SendAsync(new DisableOrganization("audited", "a test"));
        await host.SendAsync(new EnableOrganization("audited"));
        await host.SendAsync(new InviteMember(byOlga, "guest@audit.test", Role.Developer, "https://events.example"));
        await ForgetAsync(adam);

        Snapshot.Matches(string.Join('\n', (await AskAsync(new ListAudit(byOlga))).Select(entry => $"{entry.Kind} {entry.Type}: {entry.Who} {entry.What}")));
    }

    [Fact]
    public async Task It_is_filtered_and_paged_without_gap_or_repetition()
    {
        var (olga, adam) = (await host.PersonAsync("olga@paged.test"), await host.PersonAsync("adam@paged.test"));
        var organization = await host.OrganizationAsync("Paged", olga, (adam, Role.Member));
        var by = Actor.Person(organization, olga);
        foreach (var number in Enumerable.Range(1, 7)) await host.SendAsync(new RenameOrganization(by, $"Paged {number}"));

        var all = await AskAsync(new ListAudit(by, Limit: null));
        var (paged, cursor) = (new List<AuditEntry>(), (string?)null);
        do
        {
            var page = (await host.SendAsync(new ListAudit(by, Cursor: cursor, Limit: 3))).Entries;
            (paged, cursor) = ([.. paged, .. page.Items], page.NextCursor);
        }
        while (cursor is not null);
        paged.ShouldBe(all);
        paged.ShouldBe(paged.OrderByDescending(entry => entry.Position));
        (await AskAsync(new ListAudit(by, Kind: AuditKind.Organization))).Count.ShouldBe(8);
        (await AskAsync(new ListAudit(by, Person: adam))).Select(entry => entry.Type).ShouldBe(["member_joined", "invitation_accepted"]);
        (await AskAsync(new ListAudit(by, From: DateTimeOffset.UtcNow.AddMinutes(1)))).ShouldBeEmpty();
    }

    [Fact]
    public async Task It_is_for_admins_of_this_organization()
    {
        var (olga, adam) = (await host.PersonAsync("olga@closed-audit.test"), await host.PersonAsync("adam@closed-audit.test"));
        var organization = await host.OrganizationAsync("Closed audit", olga, (adam, Role.Developer));
        await Should.ThrowAsync<RoleNeededException>(() => AskAsync(new ListAudit(Actor.Person(organization, adam))));
        await Should.ThrowAsync<NotAMemberException>(() => AskAsync(new ListAudit(Actor.Person(host.Ours.Organization, olga))));
    }

    private async Task<IReadOnlyList<AuditEntry>> AskAsync(ListAudit query) => (await host.SendAsync(query)).Entries.Items;

    private async Task ForgetAsync(Guid person)
    {
        await using var forget = host.Database.DataSource.CreateCommand("delete from app.people where person_id = $1");
        forget.Parameters.AddWithValue(person);
        (await forget.ExecuteNonQueryAsync()).ShouldBe(1);
    }
}
