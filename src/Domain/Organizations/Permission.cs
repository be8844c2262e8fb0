namespace EventEngine.Domain.Organizations;

/// <summary>What may be done in an organization. A role may do all of some, an access token those that it names.</summary>
public enum Permission
{
    Read,
    RetryEvents,
    ViewPayloads,
    ManageSchemas,
    ManageWebhooks,
    ReportDeploys,
    ManageApps,
    ManagePeople,
    ManageAlerts,
    ManageTokens,
    ReadAudit,
    ManageOrganization,
    ManageBilling,
}

public static class PermissionRule
{
    /// <summary>The least role that may do it.</summary>
    public static Role RoleNeeded(this Permission permission) => permission switch
    {
        Permission.Read => Role.Member,
        Permission.RetryEvents or Permission.ViewPayloads or Permission.ManageSchemas or Permission.ManageWebhooks or Permission.ReportDeploys => Role.Developer,
        Permission.ManageApps or Permission.ManagePeople or Permission.ManageAlerts or Permission.ManageTokens or Permission.ReadAudit => Role.Admin,
        Permission.ManageOrganization or Permission.ManageBilling => Role.Owner,
        _ => throw new ArgumentOutOfRangeException(nameof(permission), permission, null),
    };

    public static bool Can(this Role role, Permission permission) => role >= permission.RoleNeeded();

    /// <returns>Null when no permission is called so.</returns>
    public static Permission? OfScope(string scope)
    {
        foreach (var permission in Enum.GetValues<Permission>())
        {
            if (permission.Scope() == scope) return permission;
        }

        return null;
    }

    /// <summary>As programs name it: <c>manage_apps</c>.</summary>
    public static string Scope(this Permission permission) =>
        string.Concat(permission.ToString().Select((letter, at) => at > 0 && char.IsUpper(letter) ? $"_{letter}" : $"{letter}")).ToLowerInvariant();
}
