using System.Reflection;
using EventEngine.Application.Shared;
using EventEngine.Domain.Apps;
using EventEngine.Domain.Organizations;
using MediatR;

namespace EventEngine.Web.Tests.Security;

/// <summary>Beneath pages and endpoints: every command and query is asked for what is another's, whoever may call it one day.</summary>
public sealed class RequestWalkTests(Walk walk) : IClassFixture<Walk>
{
    private const string Upkeep = "retention's own; no page and no endpoint asks it";

    /// <summary>Not asked by a member on behalf of an organization, each for its reason.</summary>
    private static readonly Dictionary<string, string> Exempt = new(StringComparer.Ordinal)
    {
        ["CreateOrganization"] = "there is none yet; its id is drawn by the server",
        ["FoundOrganization"] = "there is none yet; its id is drawn by the server",
        ["SwitchOrganization"] = "asks for the person's own memberships; walked as a page",
        ["ReceiveHeartbeat"] = "its app is that of the key",
        ["ListEventNames"] = "its app is that of the key",
        ["CloseDay"] = Upkeep,
        ["DeleteDay"] = Upkeep,
        ["GetClosedSigns"] = Upkeep,
        ["GetDayBooks"] = Upkeep,
        ["CountForgotten"] = Upkeep,
        ["ListUsedMonths"] = Upkeep,
    };

    /// <summary>The app's id is drawn by the server, never taken from outside.</summary>
    private static readonly string[] DrawsItsApp = ["RegisterApp"];

    /// <summary>Any member may; nobody else.</summary>
    private static readonly string[] ForEveryMember = ["LeaveOrganization"];

    /// <summary>What an app may do with its own key, as far as an endpoint takes one.</summary>
    private static readonly string[] ForKeys = ["ReportDeploy", "UploadSchemas", "ChangeCompatibilityMode"];

    public static TheoryData<string> Privileged => Those(type => Requests.Has<Actor>(type) && !ForEveryMember.Contains(type.Name));

    public static TheoryData<string> Commands => Those(Requests.Has<Actor>);

    public static TheoryData<string> AppCommands => Those(type => Requests.Has<Actor>(type) && Requests.Has<AppId>(type) && !DrawsItsApp.Contains(type.Name));

    public static TheoryData<string> AppQueries => Those(type => Requests.Has<OrganizationId>(type) && Requests.Has<AppId>(type));

    public static TheoryData<string> OrganizationQueries => Those(type => Requests.Has<OrganizationId>(type) && !Requests.Has<AppId>(type));

    [Fact]
    public void Every_request_is_walked_or_says_why_not()
    {
        var walked = Requests.OfTenants.Where(type => Requests.Has<Actor>(type) || Requests.Has<OrganizationId>(type)).Select(type => type.Name);
        Requests.OfTenants.Select(type => type.Name).Except(walked).Except(Exempt.Keys).ShouldBeEmpty("walk these, or say in RequestWalkTests why not");
        Exempt.Keys.Except(Requests.OfTenants.Select(type => type.Name)).ShouldBeEmpty("these are gone");
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task A_stranger_may_do_nothing(string name)
    {
        var stranger = Actor.Person(walk.Ours, Guid.NewGuid());
        await Should.ThrowAsync<NotAMemberException>(() => SendAsync(name, stranger, walk.OurApp));
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task An_organization_that_does_not_exist_is_answered_as_one_of_others(string name)
    {
        var person = walk.Persons[Role.Owner];
        var theirs = await Should.ThrowAsync<NotAMemberException>(() => SendAsync(name, Actor.Person(walk.Theirs, person), walk.TheirApp));
        var nobodys = await Should.ThrowAsync<NotAMemberException>(() => SendAsync(name, Actor.Person(new OrganizationId(Guid.NewGuid()), person), walk.TheirApp));
        theirs.Message.ShouldBe(nobodys.Message);
    }

    [Theory]
    [MemberData(nameof(Privileged))]
    public async Task A_member_may_change_nothing(string name)
    {
        var member = Actor.Person(walk.Ours, walk.Persons[Role.Member]);
        await Should.ThrowAsync<RoleNeededException>(() => SendAsync(name, member, walk.OurApp));
    }

    [Theory]
    [MemberData(nameof(Privileged))]
    public async Task A_token_without_the_scope_may_do_nothing(string name)
    {
        var token = Actor.Token(walk.Ours, Guid.NewGuid(), [Permission.Read]);
        await Should.ThrowAsync<RoleNeededException>(() => SendAsync(name, token, walk.OurApp));
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task An_apps_key_reaches_no_other_app(string name)
    {
        var sibling = Actor.App(walk.Ours, new AppId(Guid.NewGuid()), Guid.NewGuid());
        var refused = await Should.ThrowAsync<Exception>(() => SendAsync(name, sibling, walk.OurApp));
        refused.ShouldBeAssignableTo(ForKeys.Contains(name) ? typeof(NotFoundException) : name == "LeaveOrganization" ? typeof(PersonNeededException) : typeof(RoleNeededException));
    }

    [Theory]
    [MemberData(nameof(AppCommands))]
    public async Task An_owner_can_not_touch_the_others_app(string name)
    {
        var owner = Actor.Person(walk.Ours, walk.Persons[Role.Owner]);
        var theirs = await Should.ThrowAsync<NotFoundException>(() => SendAsync(name, owner, walk.TheirApp));
        var nobodys = await Should.ThrowAsync<NotFoundException>(() => SendAsync(name, owner, new AppId(Guid.NewGuid())));
        theirs.Message.ShouldBe(nobodys.Message);
    }

    [Theory]
    [MemberData(nameof(AppQueries))]
    public async Task The_others_app_is_not_found(string name)
    {
        var theirs = await Should.ThrowAsync<NotFoundException>(() => SendAsync(name, null, walk.TheirApp));
        var nobodys = await Should.ThrowAsync<NotFoundException>(() => SendAsync(name, null, new AppId(Guid.NewGuid())));
        theirs.Message.ShouldBe(nobodys.Message);
    }

    [Theory]
    [MemberData(nameof(OrganizationQueries))]
    public async Task What_spans_apps_says_nothing_of_the_others(string name)
    {
        string said;
        try
        {
            said = Requests.Dump(await SendAsync(name, null, walk.TheirApp));
        }
        catch (NotFoundException)
        {
            return; // asked for something by a name that only the others use
        }

        said.ShouldNotContain(walk.TheirApp.ToString());
        said.ShouldNotContain(walk.Theirs.ToString());
        said.ShouldNotContain("vault");
    }

    private static TheoryData<string> Those(Func<Type, bool> chosen)
    {
        var names = new TheoryData<string>();
        foreach (var type in Requests.OfTenants.Where(type => chosen(type) && !Exempt.ContainsKey(type.Name))) names.Add(type.Name);
        return names;
    }

    private async Task<object?> SendAsync(string name, Actor? by, AppId app)
    {
        var request = Requests.Make(Requests.Named(name), by ?? Actor.Operator(walk.Ours), walk.Ours, app);
        var answer = request.GetType().GetInterfaces().Single(one => one.IsGenericType && one.GetGenericTypeDefinition() == typeof(IRequest<>)).GenericTypeArguments[0];
        var send = (Task)typeof(RequestWalkTests).GetMethod(nameof(SendAnyAsync), BindingFlags.NonPublic | BindingFlags.Instance)!.MakeGenericMethod(answer).Invoke(this, [request])!;
        await send;
        return send.GetType().GetProperty("Result")!.GetValue(send);
    }

    private async Task<T> SendAnyAsync<T>(IRequest<T> request) => await walk.Host.SendAsync(request);
}
