using System.Net;
using System.Text.RegularExpressions;
using EventEngine.Application.AccessTokens;
using EventEngine.Application.Apps;
using EventEngine.Application.EventStore;
using EventEngine.Domain.Apps;
using EventEngine.Domain.Organizations;
using EventEngine.Domain.Shared;
using EventEngine.Web.Tests.People;
using Microsoft.Extensions.DependencyInjection;

namespace EventEngine.Web.Tests.Security;

/// <summary>Two organizations that must never see each other, and one person of each role in ours.</summary>
public sealed partial class Walk : IAsyncLifetime
{
    public const string Secret = "secret.plan";

    private readonly Dictionary<Role, Browser> _browsers = [];

    public PeopleHost Host { get; } = new();

    public OrganizationId Ours { get; private set; }

    public AppId OurApp { get; } = new(Guid.NewGuid());

    public OrganizationId Theirs { get; private set; }

    public AppId TheirApp { get; } = new(Guid.NewGuid());

    public Dictionary<Role, Guid> Persons { get; } = [];

    public ApiKey OurKey { get; } = new($"ee_live_{Guid.NewGuid():N}");

    public async Task InitializeAsync()
    {
        await Host.InitializeAsync();
        (Ours, Theirs) = (new OrganizationId(Guid.NewGuid()), new OrganizationId(Guid.NewGuid()));
        Ours = await FoundAsync("Ours", OurApp, "shop", OurKey);
        var theirKey = new ApiKey($"ee_live_{Guid.NewGuid():N}");
        Theirs = await FoundAsync("Theirs", TheirApp, "vault", theirKey);
        foreach (var role in new[] { Role.Admin, Role.Developer, Role.Member }) await JoinAsync(role);
        await ReportAsync(OurKey, "order.placed");
        await ReportAsync(theirKey, Secret);
        await Host.CaughtUpAsync();
    }

    public async Task DisposeAsync()
    {
        foreach (var browser in _browsers.Values) browser.Dispose();
        await Host.DisposeAsync();
    }

    /// <summary>Signed in as the one of ours who has that role.</summary>
    internal Browser As(Role role) => _browsers[role];

    /// <summary>A program's token that may do all that the role may.</summary>
    internal async Task<string> TokenAsync(Role role)
    {
        var secret = $"token-{Guid.NewGuid():N}";
        var scopes = Enum.GetValues<Permission>().Where(permission => role.Can(permission)).ToArray();
        await Host.SendAsync(new IssueAccessToken(Actor.Operator(Ours), Guid.NewGuid(), $"as {role}", new AccessSecret(secret), scopes));
        return secret;
    }

    /// <summary>What is left of an answer when everything is taken out that is different each time.</summary>
    public static async Task<string> SaidAsync(HttpResponseMessage answer)
    {
        var body = Different().Replace(await answer.Content.ReadAsStringAsync(), "…");
        return $"{(int)answer.StatusCode} {Different().Replace(answer.Headers.Location?.OriginalString ?? "", "…")} {body}";
    }

    private async Task<OrganizationId> FoundAsync(string name, AppId app, string appName, ApiKey key)
    {
        var email = PeopleHost.NewEmail();
        var owner = await Host.PersonAsync(email);
        var organization = await Host.OrganizationAsync(owner, name);
        await Host.SendAsync(new RegisterApp(Actor.Operator(organization), app, appName, "production"));
        await Host.SendAsync(new IssueApiKey(Actor.Operator(organization), Guid.NewGuid(), app, key));
        await Host.CaughtUpAsync();
        if (name != "Ours") return organization;
        Persons[Role.Owner] = owner;
        _browsers[Role.Owner] = await BrowserAsync(email);
        return organization;
    }

    private async Task JoinAsync(Role role)
    {
        var email = PeopleHost.NewEmail();
        var person = await Host.PersonAsync(email);
        var joined = new MemberJoined(DateTimeOffset.UtcNow, person, role);
        await Host.Services.GetRequiredService<IEventStore>().AppendAsync(StreamName.Organization(Ours), ExpectedRevision.Any, [joined], new FactMetadata(), default);
        await Host.CaughtUpAsync();
        Persons[role] = person;
        _browsers[role] = await BrowserAsync(email);
    }

    private async Task<Browser> BrowserAsync(string email)
    {
        var browser = Host.Browser();
        await browser.SignInAsync(email, PeopleHost.Password);
        return browser;
    }

    private async Task ReportAsync(ApiKey key, string name)
    {
        using var app = Host.Browser();
        app.Client.DefaultRequestHeaders.Authorization = new("Bearer", key.Secret);
        var entry = $$"""{"event_id":"7","event_name":"{{name}}","status":"published","timestamp":"{{DateTimeOffset.UtcNow:O}}"}""";
        var answer = await app.Client.PostAsync("/v1/ingest/events", new StringContent($$"""{"entries":[{{entry}}]}""", null, "application/json"));
        answer.StatusCode.ShouldBe(HttpStatusCode.Accepted);
    }

    [GeneratedRegex("[A-Za-z0-9_-]{16,}|[0-9]{10,}|data-lag=\"[0-9]+\"|datetime=\"[^\"]*\"|title=\"[^\"]*\"|>(now|[0-9]+ (s|min) ago)<", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Different();
}
