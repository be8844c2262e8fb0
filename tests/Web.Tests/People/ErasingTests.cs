using System.Net;
using EventEngine.Application.People;
using Microsoft.Extensions.DependencyInjection;

namespace EventEngine.Web.Tests.People;

public sealed class ErasingTests(PeopleHost host) : IClassFixture<PeopleHost>
{
    private const string Page = "/dashboard/settings/account";

    [Fact]
    public async Task The_only_owner_of_an_organization_is_told_to_hand_it_over_first()
    {
        var (browser, person, email, _) = await host.MemberAsync();
        var answer = await EraseAsync(browser, PeopleHost.Password);
        answer.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync()).ShouldContain($"You are the only owner of Organization of {email}.");
        (await FindAsync(person)).ShouldNotBeNull();
    }

    [Fact]
    public async Task Everybody_else_is_forgotten_with_address_credentials_and_sessions()
    {
        var email = PeopleHost.NewEmail();
        var person = await host.PersonAsync(email);
        using var browser = host.Browser();
        await browser.SignInAsync(email, PeopleHost.Password);
        (await EraseAsync(browser, "wrong")).StatusCode.ShouldBe(HttpStatusCode.Conflict);
        Browser.Location(await EraseAsync(browser, PeopleHost.Password)).ShouldBe("/");
        (await FindAsync(person)).ShouldBeNull();
        await using var left = host.Database.DataSource.CreateCommand("select count(*) from app.sessions where person_id = $1");
        left.Parameters.AddWithValue(person);
        (await left.ExecuteScalarAsync()).ShouldBe(0L);
        (await host.Browser().TrySignInAsync(email, PeopleHost.Password)).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    private static Task<HttpResponseMessage> EraseAsync(Browser browser, string password) =>
        browser.PostAsync(Page, new Dictionary<string, string> { ["password"] = password }, Page + "?handler=Erase");

    private Task<Person?> FindAsync(Guid person) => host.Services.GetRequiredService<IPeople>().FindAsync(person, default);
}
