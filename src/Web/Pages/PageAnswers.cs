using EventEngine.Application.EventStore;
using EventEngine.Application.Pipeline;
using EventEngine.Application.Shared;
using EventEngine.Domain.Organizations;
using EventEngine.Web.Pages.Errors;
using FluentValidation;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;

namespace EventEngine.Web.Pages;

/// <summary>What a page's questions may answer besides a page: nothing there, or that it was asked wrongly. And no page is kept by a cache.</summary>
public sealed class PageAnswers : IExceptionFilter, IResultFilter
{
    public void OnException(ExceptionContext context)
    {
        context.Result = context.Exception switch
        {
            NotFoundException or NotAMemberException => new StatusCodeResult(StatusCodes.Status404NotFound),
            RoleNeededException or OrganizationDisabledException or OperatorNeededException => new StatusCodeResult(StatusCodes.Status403Forbidden),
            ValidationException => new StatusCodeResult(StatusCodes.Status400BadRequest),
            StoreUnavailableException or ReadModelsMissingException => new StatusCodeResult(StatusCodes.Status503ServiceUnavailable),
            _ => null,
        };
        context.ExceptionHandled = context.Result is not null;
        if (context.Exception is RoleNeededException or OrganizationDisabledException or OperatorNeededException or ReadModelsMissingException)
            context.HttpContext.Items[ErrorModel.Reason] = context.Exception;
    }

    public void OnResultExecuting(ResultExecutingContext context) => context.HttpContext.Response.Headers.CacheControl = "no-cache, no-store";

    public void OnResultExecuted(ResultExecutedContext context)
    {
    }
}
