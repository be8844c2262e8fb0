using EventEngine.Domain.Organizations;

namespace EventEngine.Web.Pages.AccessTokens;

/// <summary>What a scope allows, in words for people.</summary>
internal static class ScopeWords
{
    public static string Of(Permission scope) => scope switch
    {
        Permission.Read => "see events, apps and numbers",
        Permission.RetryEvents => "retry events",
        Permission.ViewPayloads => "look at payloads",
        Permission.ManageSchemas => "manage schemas",
        Permission.ManageWebhooks => "manage webhooks",
        Permission.ReportDeploys => "report deploys",
        Permission.ManageApps => "manage apps and their keys",
        Permission.ManagePeople => "invite and remove people",
        Permission.ManageAlerts => "manage alerts",
        Permission.ManageTokens => "issue and revoke access tokens",
        Permission.ReadAudit => "read the audit",
        Permission.ManageOrganization => "rename the organization, decide about owners",
        Permission.ManageBilling => "change the plan",
        _ => scope.ToString(),
    };
}
