using MediatR;

namespace EventEngine.Application.People;

/// <summary>Checks an address and a password, and opens a session.</summary>
/// <param name="Origin">Where the attempt comes from; repeated failures of one account from one origin have to wait.</param>
/// <param name="KnownPerson">Who has signed in from this browser before.</param>
/// <param name="Replaced">The secret of the session that the browser had.</param>
public sealed record SignIn(string Email, string Password, string Origin, string? UserAgent = null, Guid? KnownPerson = null, string? Replaced = null)
    : IRequest<SignInOutcome>
{
    internal sealed class Handler(PasswordCheck check, IMediator mediator) : IRequestHandler<SignIn, SignInOutcome>
    {
        public async Task<SignInOutcome> Handle(SignIn command, CancellationToken ct) =>
            await check.TryAsync(command.Email, command.Password, command.Origin, command.KnownPerson, ct) switch
            {
                PasswordOutcome.Right right => new SignInOutcome.Welcome(
                    right.PersonId, await mediator.Send(new OpenSession(right.PersonId, command.UserAgent, Replaced: command.Replaced), ct)),
                PasswordOutcome.Wait wait => new SignInOutcome.Wait(wait.For),
                _ => new SignInOutcome.Refused(),
            };
    }
}

/// <summary>How an attempt to sign in ended.</summary>
public abstract record SignInOutcome
{
    /// <param name="Secret">Of the new session.</param>
    public sealed record Welcome(Guid PersonId, string Secret) : SignInOutcome;

    public sealed record Refused : SignInOutcome;

    public sealed record Wait(TimeSpan For) : SignInOutcome;
}
