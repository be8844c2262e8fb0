using EventEngine.Application.EventStore;
using EventEngine.Application.Pipeline;
using FluentValidation;
using FluentValidation.Results;
using MediatR;

namespace EventEngine.Web.Api;

/// <summary>Reading what you wrote: <c>?min_position=</c> waits, at most 2 seconds, until the answer can hold it; <c>as_of</c> tells whether it does.</summary>
internal sealed class MinPosition(IMediator mediator) : IEndpointFilter
{
    public const string Parameter = "min_position";

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var text = context.HttpContext.Request.Query[Parameter].ToString();
        if (text.Length == 0) return await next(context);
        if (!StorePosition.TryParse(text, out var position))
            throw new ValidationException([new ValidationFailure(Parameter, $"{Parameter} is not a position that we gave.")]);
        await mediator.Send(new AwaitPosition(position), context.HttpContext.RequestAborted);
        return await next(context);
    }
}
