using FluentValidation;
using MediatR;

namespace EventEngine.Application.Shared;

/// <summary>The only pipeline behaviour: what is malformed never reaches a handler.</summary>
/// <exception cref="ValidationException">Names every parameter that is wrong, and why.</exception>
public sealed class ValidationBehavior<TRequest, TResponse>(IEnumerable<IValidator<TRequest>> validators) : IPipelineBehavior<TRequest, TResponse>
    where TRequest : IRequest<TResponse>
{
    public async Task<TResponse> Handle(TRequest request, CancellationToken cancellationToken, RequestHandlerDelegate<TResponse> next)
    {
        foreach (var validator in validators) await validator.ValidateAndThrowAsync(request, cancellationToken);
        return await next();
    }
}
