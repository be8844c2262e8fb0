namespace EventEngine.Application.People;

/// <summary>A person, kept outside the event store so that she can be erased.</summary>
public sealed record Person(Guid Id, string Email, string? Name, bool EmailVerified)
{
    public string DisplayName => Name ?? Email;

    /// <summary>The form under which an address is unique.</summary>
    public static string Normalize(string email) => email.Trim().ToUpperInvariant();
}

/// <summary>People by id and address.</summary>
public interface IPeople
{
    /// <returns>Who holds the address; null: nobody.</returns>
    Task<Person?> FindByEmailAsync(string email, CancellationToken ct);

    Task<Person?> FindAsync(Guid id, CancellationToken ct);

    /// <returns>Those of them who are still known, by id.</returns>
    Task<IReadOnlyDictionary<Guid, Person>> FindAsync(IReadOnlyCollection<Guid> ids, CancellationToken ct);

    /// <summary>For an address that nobody holds: who signed up with it last.</summary>
    Task<Person?> FindLastToSignUpAsync(string email, CancellationToken ct);
}
