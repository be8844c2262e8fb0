using EventEngine.Application.Mail;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Identity;

namespace EventEngine.Application.People;

/// <summary>
/// Makes a new person and signs her in at once. Whether the address already belongs to somebody shows in nothing but a letter to that
/// address: the new person then just does not hold it.
/// </summary>
/// <param name="MailOrigin">Ours, for links; null: not known for sure, no letter is sent.</param>
public sealed record SignUp(string Email, string Password, string? Name, string? MailOrigin, string? UserAgent = null, string? Replaced = null)
    : IRequest<SignUpOutcome>
{
    public sealed class Validator : AbstractValidator<SignUp>
    {
        public Validator()
        {
            RuleFor(command => command.Email).Must(MailAddresses.IsOne).WithMessage("This is no email address.");
            RuleFor(command => command.Password).NewPassword();
            RuleFor(command => command.Name).PersonName();
        }
    }

    internal sealed class Handler(
        UserManager<Account> accounts, AccountLinks links, AccountPost post, IEmailSender sender, IMediator mediator, TimeProvider time)
        : IRequestHandler<SignUp, SignUpOutcome>
    {
        public async Task<SignUpOutcome> Handle(SignUp command, CancellationToken ct)
        {
            var holder = await accounts.FindByEmailAsync(command.Email);
            var account = await CreateAsync(command, holdsAddress: holder is null && !sender.IsConfigured);
            await post.SendAsync(
                account.Email, command.MailOrigin,
                async origin => holder?.EmailVerifiedAt is null ? AccountLetters.Verify(await links.VerifyAsync(origin, account)) : AccountLetters.AlreadyHere(origin),
                ct);
            return new SignUpOutcome(account.Id, await mediator.Send(new OpenSession(account.Id, command.UserAgent, Replaced: command.Replaced), ct));
        }

        private async Task<Account> CreateAsync(SignUp command, bool holdsAddress)
        {
            var now = time.GetUtcNow();
            var account = new Account
            {
                Id = Guid.CreateVersion7(now),
                Email = command.Email,
                HoldsAddress = holdsAddress,
                Name = PersonNames.Tidy(command.Name),
                CreatedAt = now,
            };
            var result = await accounts.CreateAsync(account, command.Password);
            if (result.IsAddressTaken()) return await CreateAsync(command, holdsAddress: false);
            result.OrThrow();
            return account;
        }
    }
}

/// <param name="Secret">Of the new session.</param>
public sealed record SignUpOutcome(Guid PersonId, string Secret);
