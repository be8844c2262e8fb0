using EventEngine.Domain.Organizations;
using static EventEngine.Web.Tests.Security.Door;

namespace EventEngine.Web.Tests.Security;

/// <summary>Every way into the product, and for whom it is. A route that is not here fails the walk by its name.</summary>
internal static class Doors
{
    private const string Somebody = "person=5f4dcc3b5aa765d61d8327deb882cf99";

    public static IReadOnlyList<Way> All { get; } =
    [
        // Before anybody is known
        new("GET /", Open),
        new("GET /sign-in", Open),
        new("POST /sign-in", Open),
        new("GET /sign-up", Open),
        new("POST /sign-up", Open),
        new("GET /sign-out", Open),
        new("POST /sign-out", Open),
        new("GET /forgotten-password", Open),
        new("POST /forgotten-password", Open),
        new("GET /reset-password", Open),
        new("POST /reset-password", Open),
        new("GET /verify-email", Open),
        new("POST /verify-email", Open),
        new("POST /verify-email?handler=Send", Open),
        new("POST /verify-email?handler=Later", Open),
        new("GET /change-email", Open),
        new("POST /change-email", Open),
        new("GET /outbox", Open),
        new("GET /error/{status:int}", Open),
        new("POST /error/{status:int}", Open),
        new("GET /invitations/{token}", Open),
        new("POST /invitations/{token}?handler=Accept", Open),
        new("POST /invitations/{token}?handler=SignUp", Open),
        new("POST /invitations/{token}?handler=Other", Open),
        new("GET /github", Open),
        new("POST /github", Open),
        new("POST /github?handler=Unlink", Open),
        new("POST /api/v1/auth/token", Open), // by password: what it opens is walked by itself
        new("GET /.well-known/jwks.json", Open),

        // Operators: for whoever reaches the port; the proxy keeps strangers out (docs/deployment.md)
        new("ANY /health/live", Open),
        new("ANY /health/ready", Open),
        new("ANY /health", Open),
        new("GET /metrics", Open),
        new("GET /openapi/{documentName}.json", Open),

        // Persons
        new("GET /dashboard/settings/account", Person),
        .. new[] { "Name", "Email", "Password", "Link", "End", "EndOthers", "EndAll", "Erase" }.Select(handler => new Way($"POST /dashboard/settings/account?handler={handler}", Person)),
        new("GET /organizations/switch", Person),
        new("POST /organizations/switch", Person),
        new("GET /organizations/new", Person),
        new("POST /organizations/new", Person),
        new("GET /onboarding", Person),
        new("GET /onboarding/organization", Person),
        new("POST /onboarding/organization", Person),

        // Members
        new("GET /onboarding/app", Member, Permission.ManageApps),
        new("POST /onboarding/app", Member, Permission.ManageApps, "Name=walked&Environment=production"),
        new("GET /onboarding/apps/{id}", Member),
        new("POST /onboarding/apps/{id}?handler=Key", Member, Permission.ManageApps),
        new("GET /dashboard", Member),
        new("GET /dashboard/apps/{id}", Member),
        new("GET /dashboard/apps/{id}/events", Member),
        new("GET /dashboard/apps/{id}/events?handler=Count", Member),
        new("GET /dashboard/apps/{id}/events?handler=Csv", Member),
        new("GET /dashboard/apps/{id}/events?handler=Json", Member),
        new("GET /dashboard/apps/{id}/events/{event_id}", Member),
        new("POST /dashboard/apps/{id}/events/{event_id}?handler=Payload", Member, Permission.ViewPayloads),
        new("GET /dashboard/apps/{id}/in-flight", Member),
        new("GET /dashboard/apps/{id}/rejected", Member),
        new("GET /dashboard/schemas", Member),
        new("GET /dashboard/schemas?handler=Csv", Member),
        new("GET /dashboard/schemas?handler=Json", Member),
        new("GET /dashboard/schemas/{event_name}", Member),
        new("POST /dashboard/schemas/{event_name}?handler=Mode", Member, Permission.ManageSchemas, "app=5f4dcc3b5aa765d61d8327deb882cf99&mode=Full"),
        new("GET /dashboard/apps/{id}/retries", Member),
        new("GET /dashboard/apps/{id}/retries/new", Member, Permission.RetryEvents),
        new("POST /dashboard/apps/{id}/retries/new", Member, Permission.RetryEvents, "retry=5f4dcc3b5aa765d61d8327deb882cf99&expected=0"),
        new("GET /dashboard/apps/{id}/retries/{retry}", Member),
        new("GET /dashboard/apps/{id}/retries/{retry}?handler=Csv", Member),
        new("POST /dashboard/apps/{id}/retries/{retry}?handler=Cancel", Member, Permission.RetryEvents),
        new("POST /dashboard/apps/{id}/retries/{retry}?handler=Continue", Member, Permission.RetryEvents),
        new("GET /dashboard/apps/{id}/dead-letters", Member),
        new("GET /dashboard/apps/{id}/dead-letters?handler=Csv", Member),
        new("GET /dashboard/apps/{id}/dead-letters?handler=Json", Member),
        new("POST /dashboard/apps/{id}/dead-letters?handler=Retry", Member, Permission.RetryEvents, "group=5f4dcc3b5aa765d6"),
        new("GET /dashboard/apps/{id}/dead-letters/{group}", Member),
        .. from page in new[] { "/dashboard/apps/{id}/dead-letters", "/dashboard/apps/{id}/dead-letters/{group}" }
           from handler in new[] { "Resolve", "Ignore", "Reopen" }
           select new Way($"POST {page}?handler={handler}", Member, Permission.RetryEvents, "group=5f4dcc3b5aa765d6"),
        new("GET /dashboard/pipeline", Member),
        new("GET /dashboard/search", Member),
        new("GET /dashboard/settings/apps", Member),
        new("POST /dashboard/settings/apps", Member, Permission.ManageApps, "Name=walked&Environment=staging"),
        new("GET /dashboard/settings/apps/{id}", Member),
        new("POST /dashboard/settings/apps/{id}?handler=Rename", Member, Permission.ManageApps, "name=walked&environment=test"),
        new("POST /dashboard/settings/apps/{id}?handler=Callback", Member, Permission.ManageApps, "url="),
        new("POST /dashboard/settings/apps/{id}?handler=Test", Member, Permission.ManageApps),
        new("POST /dashboard/settings/apps/{id}?handler=InFlight", Member, Permission.ManageApps, "minutes=7"),
        new("POST /dashboard/settings/apps/{id}?handler=Issue", Member, Permission.ManageApps, "key=5f4dcc3b5aa765d61d8327deb882cf99"),
        new("POST /dashboard/settings/apps/{id}?handler=Revoke", Member, Permission.ManageApps, "key=5f4dcc3b5aa765d61d8327deb882cf99"),
        new("POST /dashboard/settings/apps/{id}?handler=Delete", Member, Permission.ManageApps),
        new("GET /dashboard/settings/organization", Member),
        new("POST /dashboard/settings/organization?handler=Rename", Member, Permission.ManageOrganization, "name=walked"),
        new("POST /dashboard/settings/organization?handler=Transfer", Member, Permission.ManageOrganization, Somebody),
        new("POST /dashboard/settings/organization?handler=Leave", Member),
        new("GET /dashboard/settings/people", Member),
        new("POST /dashboard/settings/people?handler=Invite", Member, Permission.ManagePeople, "Email=someone@example.test&Role=Member"),
        new("POST /dashboard/settings/people?handler=Resend", Member, Permission.ManagePeople, "invitation=5f4dcc3b5aa765d61d8327deb882cf99"),
        new("POST /dashboard/settings/people?handler=Revoke", Member, Permission.ManagePeople, "invitation=5f4dcc3b5aa765d61d8327deb882cf99"),
        new("POST /dashboard/settings/people?handler=Role", Member, Permission.ManagePeople, Somebody + "&Role=Member"),
        new("POST /dashboard/settings/people?handler=Remove", Member, Permission.ManagePeople, Somebody),
        new("GET /dashboard/settings/billing", Member),
        new("GET /dashboard/settings/tokens", Member, Permission.ManageTokens),
        new("POST /dashboard/settings/tokens?handler=Issue", Member, Permission.ManageTokens, "token=5f4dcc3b5aa765d61d8327deb882cf99&Name=ci&Scopes=Read&Days=7"),
        new("POST /dashboard/settings/tokens?handler=Revoke", Member, Permission.ManageTokens, "token=5f4dcc3b5aa765d61d8327deb882cf99"),
        new("GET /dashboard/settings/audit", Member, Permission.ReadAudit),
        new("GET /dashboard/settings/audit?handler=Csv", Member, Permission.ReadAudit),
        new("GET /dashboard/settings/audit?handler=Json", Member, Permission.ReadAudit),

        // Operators, by session
        .. new[] { "Rebuild", "Verify", "Rollback", "Discard", "Cancel", "Retry" }.Select(handler => new Way($"POST /dashboard/pipeline?handler={handler}", Operator, Form: "projection=apps")),
        .. new[] { "Park", "Unpark" }.Select(handler => new Way($"POST /dashboard/pipeline?handler={handler}", Operator, Form: "projection=apps&position=17-17&reason=walked")),

        // The query API
        new("GET /api/v1/apps", Token),
        new("GET /api/v1/apps/{id}/summary", Token),
        new("GET /api/v1/apps/{id}/throughput", Token),
        new("GET /api/v1/apps/{id}/latency", Token),
        new("GET /api/v1/apps/{id}/event-types", Token),
        new("GET /api/v1/apps/{id}/ledger", Token),
        new("GET /api/v1/apps/{id}/events", Token),
        new("GET /api/v1/apps/{id}/in-flight", Token),
        new("GET /api/v1/apps/{id}/event-count", Token),
        new("GET /api/v1/apps/{id}/events.csv", Token),
        new("GET /api/v1/apps/{id}/events.json", Token),
        new("GET /api/v1/apps/{id}/events/{**event_id}", Token),
        new("GET /api/v1/apps/{id}/events/{event_id}/payload", TokenOnly, Permission.ViewPayloads),
        new("GET /api/v1/apps/{id}/dead-letters", Token),
        new("GET /api/v1/apps/{id}/dead-letters/groups", Token),
        new("GET /api/v1/apps/{id}/dead-letters/groups/{group}", Token),
        new("POST /api/v1/apps/{id}/dead-letters/groups/{group}/resolve", Token, Permission.RetryEvents),
        new("POST /api/v1/apps/{id}/dead-letters/groups/{group}/ignore", Token, Permission.RetryEvents),
        new("POST /api/v1/apps/{id}/dead-letters/groups/{group}/reopen", Token, Permission.RetryEvents),
        new("GET /api/v1/apps/{id}/deploys", Token),
        new("POST /api/v1/apps/{id}/deploys", TokenOrKey, Permission.ReportDeploys, "version=1.4.2"),
        new("GET /api/v1/apps/{id}/rejected-entries", Token),
        new("POST /api/v1/apps/{id}/retries", Token, Permission.RetryEvents, "group=0123456789abcdef"),
        new("GET /api/v1/apps/{id}/retries", Token),
        new("GET /api/v1/apps/{id}/retries/{retry_id}", Token),
        new("GET /api/v1/apps/{id}/retries/{retry_id}/items", Token),
        new("POST /api/v1/apps/{id}/retries/{retry_id}/cancel", Token, Permission.RetryEvents),
        new("POST /api/v1/apps/{id}/retries/{retry_id}/continue", Token, Permission.RetryEvents),
        new("GET /api/v1/schemas", Token),
        new("GET /api/v1/schemas/{event_name}", Token),
        new("GET /api/v1/schemas/{event_name}/diff", Token),
        new("POST /api/v1/schemas", TokenOrKey, Permission.ManageSchemas),
        new("PUT /api/v1/apps/{id}/compatibility-mode", Token, Permission.ManageSchemas, "mode=full"),
        new("GET /api/v1/pipeline", Token),
        new("GET /api/v1/search", Token),
        new("GET /api/v1/usage", Token),
        new("POST /api/v1/apps", Token, Permission.ManageApps, "name=walked&environment=production"),
        new("PATCH /api/v1/apps/{id}", Token, Permission.ManageApps, "name=walked"),
        new("DELETE /api/v1/apps/{id}", Token, Permission.ManageApps),
        new("GET /api/v1/apps/{id}/keys", Token),
        new("POST /api/v1/apps/{id}/keys", Token, Permission.ManageApps),
        new("DELETE /api/v1/apps/{id}/keys/{key_id}", Token, Permission.ManageApps),
        new("GET /api/v1/tenants", Token),
        new("GET /api/v1/tenants/{tenant}", Token),
        new("POST /api/v1/tenants", Token),

        // Reporters
        new("POST /v1/ingest/events", Key),
        new("POST /v1/ingest/heartbeat", Key),

        // Live: which groups a connection may enter is walked by LiveTenancyJourney
        new("ANY /live", Hub),
        new("ANY /live/negotiate", Hub),
    ];

    public static TheoryData<string> Those(Func<Way, bool> chosen)
    {
        var names = new TheoryData<string>();
        foreach (var way in All.Where(chosen)) names.Add(way.Name);
        return names;
    }

    public static Way Named(string name) => All.Single(way => way.Name == name);
}
