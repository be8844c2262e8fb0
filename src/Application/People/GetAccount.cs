using EventEngine.Application.Shared;
using MediatR;
using Microsoft.AspNetCore.Identity;

namespace EventEngine.Application.People;

/// <exception cref="NotFoundException">The person was erased.</exception>
public sealed record GetAccount(Guid PersonId) : IRequest<AccountDetail>
{
    internal sealed class Handler(UserManager<Account> accounts) : IRequestHandler<GetAccount, AccountDetail>
    {
        public async Task<AccountDetail> Handle(GetAccount query, CancellationToken ct)
        {
            ct.ThrowIfCancellationRequested();
            var account = await accounts.FindByIdAsync(query.PersonId.ToString("N")) ?? throw new NotFoundException("person");
            var logins = await accounts.GetLoginsAsync(account);
            return new AccountDetail(account.Email, account.EmailVerifiedAt is not null, account.Name, account.PasswordHash is not null, [.. logins.Select(login => login.ProviderDisplayName ?? login.LoginProvider)]);
        }
    }
}

/// <param name="Logins">Names at other providers that sign the person in.</param>
public sealed record AccountDetail(string Email, bool EmailVerified, string? Name, bool HasPassword, IReadOnlyList<string> Logins);
