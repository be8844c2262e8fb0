namespace EventEngine.Domain.Organizations;

/// <summary>What a person may do in an organization, from least to most.</summary>
public enum Role
{
    Member,
    Developer,
    Admin,
    Owner,
}
