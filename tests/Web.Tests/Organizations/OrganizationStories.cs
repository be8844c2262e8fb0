using EventEngine.Application.AccessTokens;
using EventEngine.Application.Organizations;
using EventEngine.Application.People;
using EventEngine.Domain.Organizations;
using EventEngine.Web.Tests.Api;

namespace EventEngine.Web.Tests.Organizations;

/// <summary>People and organizations for tests, made through the commands.</summary>
internal static class OrganizationStories
{
    public const string Password = "correct horse battery";

    public static Task<Guid> PersonAsync(this ApiHost host, string email, string? name = null) => host.SendAsync(new RegisterPerson(email, Password, name));

    /// <summary>Owned by the first; the others join by invitation.</summary>
    public static async Task<OrganizationId> OrganizationAsync(this ApiHost host, string name, Guid owner, params (Guid Person, Role Role)[] members)
    {
        var id = new OrganizationId(Guid.NewGuid());
        await host.SendAsync(new CreateOrganization(id, name, Plan.Pro, owner));
        foreach (var (person, role) in members) await host.JoinAsync(id, owner, person, role);
        await host.CaughtUpAsync();
        return id;
    }

    public static async Task JoinAsync(this ApiHost host, OrganizationId organization, Guid owner, Guid person, Role role)
    {
        var email = $"{Guid.NewGuid():N}@example.test";
        await host.SendAsync(new InviteMember(Actor.Person(organization, owner), email, role, "https://events.example"));
        await host.SendAsync(new AcceptInvitation(await host.TokenInLetterAsync(email), person));
    }

    /// <summary>As the letter's reader finds it.</summary>
    public static async Task<InvitationToken> TokenInLetterAsync(this ApiHost host, string email)
    {
        var letter = (await host.LettersAsync()).First(mail => mail.Letter.To == email).Letter;
        var link = letter.Text.Split('\n').Single(line => line.Contains("/invitations/", StringComparison.Ordinal)).Trim();
        return new InvitationToken(link[(link.LastIndexOf('/') + 1)..]);
    }

    public static async Task<string> TokenOfAsync(this ApiHost host, OrganizationId organization, params Permission[] scopes)
    {
        var secret = AccessSecret.Create();
        await host.SendAsync(new IssueAccessToken(Actor.Operator(organization), Guid.NewGuid(), "test", secret, scopes));
        return secret.Text;
    }
}
