namespace EventEngine.Application.People;

/// <summary>A person, kept outside the event store so that she can be erased.</summary>
public sealed record Person(Guid Id, string Email, string? Name, string? PasswordHash, string SecurityStamp)
{
    /// <summary>The form under which an address is unique.</summary>
    public static string Normalize(string email) => email.Trim().ToUpperInvariant();
}

/// <summary>People by id and address.</summary>
public interface IPeople
{
    Task<Person?> FindByEmailAsync(string email, CancellationToken ct);

    /// <returns>False when the address is taken.</returns>
    Task<bool> AddAsync(Person person, DateTimeOffset at, CancellationToken ct);
}
