using System.Net;
using EventEngine.Application.AccessTokens;
using EventEngine.Application.Organizations;
using EventEngine.Domain.Organizations;
using EventEngine.Web.Tests.Api;

namespace EventEngine.Web.Tests.Organizations;

public sealed class TokensTests(ApiHost host) : IClassFixture<ApiHost>
{
    [Fact]
    public async Task A_token_opens_what_it_was_issued_for_and_is_told_what_it_lacks()
    {
        var token = await host.TokenOfAsync(host.Ours.Organization, Permission.ManageApps);
        var answer = await host.GetAsync("/api/v1/apps", HttpStatusCode.Forbidden, token);
        answer["error"]!.GetValue<string>().ShouldBe("forbidden");
        answer["message"]!.GetValue<string>().ShouldBe("This access token lacks the scope read.");
        await host.GetAsync("/api/v1/apps", token: await host.TokenOfAsync(host.Ours.Organization, Permission.Read));
    }

    [Fact]
    public async Task Its_secret_is_kept_as_a_digest_only_and_its_use_is_noted()
    {
        var token = await host.TokenOfAsync(host.Theirs.Organization, Permission.Read);
        token.ShouldMatch("^ee_token_[A-Za-z0-9_-]{32}$");
        await host.GetAsync("/api/v1/apps", token: token);
        var row = (await host.SendAsync(new ListAccessTokens(Actor.Operator(host.Theirs.Organization)))).First(row => row.Name == "test");
        row.LastUsedAt.ShouldNotBeNull();
        await using var query = host.Database.DataSource.CreateCommand("select count(*) from app.access_tokens t where t::text like '%' || $1 || '%'");
        query.Parameters.AddWithValue(token);
        (await query.ExecuteScalarAsync()).ShouldBe(0L);
    }

    [Fact]
    public async Task A_revoked_one_is_turned_away_within_a_second_or_so_and_is_not_listed()
    {
        var (secret, id) = (AccessSecret.Create(), Guid.NewGuid());
        var by = Actor.Operator(host.Ours.Organization);
        await host.SendAsync(new IssueAccessToken(by, id, "short-lived", secret, [Permission.Read]));
        await host.GetAsync("/api/v1/apps", token: secret.Text);
        await host.SendAsync(new RevokeAccessToken(by, id));
        using var client = host.Client(secret.Text);
        await Testing.Eventually.Becomes(async () => (await client.GetAsync("/api/v1/apps")).StatusCode == HttpStatusCode.Unauthorized);
        (await host.SendAsync(new ListAccessTokens(by))).ShouldNotContain(row => row.Id == id);
    }

    [Fact]
    public async Task Nobody_revokes_or_sees_the_tokens_of_another_organization()
    {
        var (secret, id) = (AccessSecret.Create(), Guid.NewGuid());
        await host.SendAsync(new IssueAccessToken(Actor.Operator(host.Theirs.Organization), id, "theirs", secret, [Permission.Read]));
        await host.SendAsync(new RevokeAccessToken(Actor.Operator(host.Ours.Organization), id));
        await host.GetAsync("/api/v1/apps", token: secret.Text);
        (await host.SendAsync(new ListAccessTokens(Actor.Operator(host.Ours.Organization)))).ShouldNotContain(row => row.Id == id);
    }

    [Fact]
    public async Task A_member_issues_none_and_an_admin_none_that_may_more_than_she()
    {
        var (owner, admin, member) = (await host.PersonAsync("o@tokens.test"), await host.PersonAsync("a@tokens.test"), await host.PersonAsync("m@tokens.test"));
        var organization = await host.OrganizationAsync("Tokens", owner, (admin, Role.Admin), (member, Role.Member));
        await Should.ThrowAsync<RoleNeededException>(() => IssueAsync(member, Permission.Read));
        await Should.ThrowAsync<RoleNeededException>(() => IssueAsync(admin, Permission.ManageBilling));
        await IssueAsync(admin, Permission.ManageApps);

        Task IssueAsync(Guid person, Permission scope) =>
            host.SendAsync(new IssueAccessToken(Actor.Person(organization, person), Guid.NewGuid(), "ci", AccessSecret.Create(), [scope]));
    }

    [Fact]
    public async Task Of_a_disabled_organization_it_opens_nothing_and_is_told_why()
    {
        var organization = await host.OrganizationAsync("Unpaid", await host.PersonAsync("o@unpaid.test"));
        var token = await host.TokenOfAsync(organization, Permission.Read);
        await host.SendAsync(new DisableOrganization("unpaid", "two invoices are open"));
        await host.CaughtUpAsync();
        var answer = await host.GetAsync("/api/v1/apps", HttpStatusCode.Forbidden, token);
        answer["error"]!.GetValue<string>().ShouldBe("organization_disabled");
        answer["message"]!.GetValue<string>().ShouldContain("two invoices are open");
        await host.SendAsync(new EnableOrganization("unpaid"));
        await host.CaughtUpAsync();
        await host.GetAsync("/api/v1/apps", token: token);
    }
}
