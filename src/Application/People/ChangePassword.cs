using EventEngine.Domain.Shared;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Identity;

namespace EventEngine.Application.People;

/// <summary>Another password for a person who knows the one she has. All her other sessions end.</summary>
/// <exception cref="DomainException">The current password is wrong, or was wrong too often.</exception>
public sealed record ChangePassword(Guid PersonId, Guid SessionId, string Current, string Password, string? MailOrigin) : IRequest
{
    public sealed class Validator : AbstractValidator<ChangePassword>
    {
        public Validator() => RuleFor(command => command.Password).NewPassword();
    }

    internal sealed class Handler(UserManager<Account> accounts, CurrentPassword current, ISessions sessions, AccountPost post) : IRequestHandler<ChangePassword>
    {
        public async Task<Unit> Handle(ChangePassword command, CancellationToken ct)
        {
            var account = await current.ProveAsync(command.PersonId, command.Current);
            (await accounts.ChangePasswordAsync(account, command.Current, command.Password)).OrThrow();
            await sessions.EndAllAsync(account.Id, command.SessionId, ct);
            await post.SendAsync(account.Email, command.MailOrigin, AccountLetters.PasswordChanged, ct);
            return Unit.Value;
        }
    }
}
