namespace EventEngine.Domain.Organizations;

/// <summary>The caller belongs to the organization, and may not do this in it.</summary>
public sealed class RoleNeededException : Exception
{
    public RoleNeededException(Permission permission)
        : this(permission, $"This needs the role {Word(permission.RoleNeeded())}{OrAbove(permission.RoleNeeded())}.")
    {
    }

    private RoleNeededException(Permission permission, string message)
        : base(message) => Permission = permission;

    public Permission Permission { get; }

    /// <summary>For a token, whose scopes were chosen when it was issued.</summary>
    public static RoleNeededException OfToken(Permission permission) => new(permission, $"This access token lacks the scope {permission.Scope()}.");

    /// <summary>For an app, whose key is for reporting.</summary>
    public static RoleNeededException OfKey(Permission permission) => new(permission, "An app's key does not open this.");

    private static string Word(Role role) => role.ToString().ToLowerInvariant();

    private static string OrAbove(Role role) => role == Role.Owner ? "" : " or above";
}

/// <summary>The organization does not exist, or the caller does not belong to it: the two are never told apart.</summary>
public sealed class NotAMemberException() : Exception("There is no such organization.");

/// <summary>An access token, or the operator, asked for what only a person can do for herself.</summary>
public sealed class PersonNeededException() : Exception("Only a person who is signed in can do this.");

/// <summary>The operator has turned the organization off.</summary>
public sealed class OrganizationDisabledException(string? reason)
    : Exception(reason is { Length: > 0 } ? $"This organization is disabled: {reason}" : "This organization is disabled. Ask support why.")
{
    public const string Code = "organization_disabled";
}
