using EventEngine.Application.Organizations;
using MediatR;
using Microsoft.AspNetCore.Identity;

namespace EventEngine.Application.People;

/// <summary>Checks an address and a password. Unknown people cost the same work as known ones, so that time tells nothing.</summary>
/// <param name="Origin">Where the attempt comes from; repeated failures of one account from one origin have to wait.</param>
public sealed record SignIn(string Email, string Password, string Origin) : IRequest<SignInOutcome>
{
    internal sealed class Handler(IPeople people, IPasswordHasher<Person> passwords, SignInAttempts attempts, IMediator mediator)
        : IRequestHandler<SignIn, SignInOutcome>
    {
        private static readonly Person Nobody = new(Guid.Empty, "", Name: null, PasswordHash: null, SecurityStamp: "");
        private static string? s_nobodysHash;

        public async Task<SignInOutcome> Handle(SignIn command, CancellationToken ct)
        {
            var account = $"{Person.Normalize(command.Email)} {command.Origin}";
            if (attempts.WaitFor(account) is { } wait) return new SignInOutcome.Wait(wait);
            var person = await people.FindByEmailAsync(command.Email, ct);
            if (!Matches(person, command.Password))
            {
                attempts.Failed(account);
                return new SignInOutcome.Refused();
            }

            attempts.Succeeded(account);
            var memberships = await mediator.Send(new ListMemberships(person!.Id), ct);
            return memberships.Value is [var first, ..] ? new SignInOutcome.Welcome(person, first) : new SignInOutcome.Homeless();
        }

        private bool Matches(Person? person, string password)
        {
            s_nobodysHash ??= passwords.HashPassword(Nobody, Guid.NewGuid().ToString());
            var hash = person?.PasswordHash ?? s_nobodysHash;
            var result = passwords.VerifyHashedPassword(person ?? Nobody, hash, password);
            return result != PasswordVerificationResult.Failed && person?.PasswordHash is not null;
        }
    }
}

/// <summary>How an attempt to sign in ended.</summary>
public abstract record SignInOutcome
{
    public sealed record Welcome(Person Person, Membership Membership) : SignInOutcome;

    public sealed record Refused : SignInOutcome;

    /// <summary>The person is known, and belongs to no organization (yet).</summary>
    public sealed record Homeless : SignInOutcome;

    public sealed record Wait(TimeSpan For) : SignInOutcome;
}
