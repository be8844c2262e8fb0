using EventEngine.Application.People;
using EventEngine.Application.Shared;
using Microsoft.Extensions.Options;

namespace EventEngine.Application.Pipeline;

/// <summary>
/// The people who may act on the pipeline. It serves every tenant, so no role in any organization gives that right: the settings name
/// them, by addresses that they have confirmed.
/// </summary>
public sealed class Operators(IPeople people, IOptions<EventEngineOptions> options)
{
    public bool Include(string email, bool isVerified) => isVerified && options.Value.OperatorAddresses.Contains(email.Trim(), StringComparer.OrdinalIgnoreCase);

    /// <returns>The operator's address.</returns>
    /// <exception cref="OperatorNeededException">Somebody else.</exception>
    public async Task<string> PermitAsync(Guid person, CancellationToken ct) =>
        await people.FindAsync(person, ct) is { } known && Include(known.Email, known.EmailVerified) ? known.Email : throw new OperatorNeededException();
}

/// <summary>The pipeline serves all tenants: only those who run this installation may act on it.</summary>
public sealed class OperatorNeededException() : Exception("This is for the operators of this installation, who are named in its setting EventEngine__Operators.");
