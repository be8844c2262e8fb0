namespace EventEngine.Application.People;

/// <summary>A person as ASP.NET Core Identity changes her: her address and what she proves herself with.</summary>
public sealed class Account
{
    public Guid Id { get; init; }

    public string Email { get; set; } = "";

    /// <summary>
    /// Whether the address leads to this person at sign-in. At most one person holds an address; who signs up with it holds it only once
    /// she has shown that its letters reach her, or where no letters can be sent.
    /// </summary>
    public bool HoldsAddress { get; set; }

    public DateTimeOffset? EmailVerifiedAt { get; set; }

    public string? Name { get; set; }

    /// <summary>Null: signs in with another provider only.</summary>
    public string? PasswordHash { get; set; }

    /// <summary>Changes with every credential; what was issued under an older one (links in letters) is void.</summary>
    public string SecurityStamp { get; set; } = "";

    public DateTimeOffset CreatedAt { get; init; }
}
