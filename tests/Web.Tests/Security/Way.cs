using EventEngine.Domain.Organizations;

namespace EventEngine.Web.Tests.Security;

/// <summary>For whom a way into the product is open.</summary>
internal enum Door
{
    /// <summary>Anybody; what it answers is nobody's.</summary>
    Open,

    /// <summary>Who is signed in, organization or not.</summary>
    Person,

    /// <summary>Members of the organization, by session; <see cref="Way.Needs"/> says which.</summary>
    Member,

    /// <summary>Members by session, programs by a token of the organization.</summary>
    Token,

    /// <summary>Programs by a token of the organization, and an app by its own key; a session's cookie alone does not open it.</summary>
    TokenOrKey,

    /// <summary>Programs by a token of the organization; a session's cookie alone does not open it.</summary>
    TokenOnly,

    /// <summary>The installation's operators, by session: no role in any organization opens it.</summary>
    Operator,

    /// <summary>Apps, by their key.</summary>
    Key,

    /// <summary>Hub connections: by session, and each group asks again.</summary>
    Hub,
}

/// <param name="Name">Method and route, as the product maps it; a named handler of a page behind a question mark.</param>
/// <param name="Needs">What the role must allow; null: every member.</param>
/// <param name="Form">What a sensible form would hold.</param>
internal sealed record Way(string Name, Door Door, Permission? Needs = null, string Form = "")
{
    private const string NoRetry = "5f4dcc3b5aa765d61d8327deb882cf99";

    public string Method => Name.Split(' ')[0];

    public string Route => Name.Split(' ')[1];

    public bool IsOfSomebody => Route.Contains("{id}", StringComparison.Ordinal) || Route.Contains("{tenant}", StringComparison.Ordinal);

    /// <summary>Of programs, in JSON; of persons, as their browser sends a form.</summary>
    public bool IsForPrograms => Door is Door.Key or Door.Token or Door.TokenOnly or Door.TokenOrKey || Route.StartsWith("/api/", StringComparison.Ordinal);

    public bool IsPage => Door is Door.Person or Door.Member or Door.Operator;

    public IReadOnlyDictionary<string, string> Fields =>
        Form.Split('&', StringSplitOptions.RemoveEmptyEntries).Select(pair => pair.Split('=')).ToDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal);

    public string Path(string app, string organization) =>
        Route.Replace("{id}", app).Replace("{tenant}", organization).Replace("{token}", "no-such-invitation").Replace("{retry}", NoRetry).Replace("{retry_id}", NoRetry).Replace("{key_id}", "5f4dcc3b5aa765d61d8327deb882cf99").Replace("{status:int}", "404").Replace("{**event_id}", "7").Replace("{event_id}", "7").Replace("{event_name}", "secret.plan").Replace("{group}", "5f4dcc3b5aa765d6").Replace("{documentName}", "v1")
        + Query(app);

    private string Query(string app) => Route switch
    {
        _ when Route.EndsWith("/search", StringComparison.Ordinal) => "?q=secret",
        _ when Route.EndsWith("/diff", StringComparison.Ordinal) => "?from=1&to=2",
        "/api/v1/schemas" when Method == "POST" => $"?app={app}",
        _ => "",
    };

    public override string ToString() => Name;
}
