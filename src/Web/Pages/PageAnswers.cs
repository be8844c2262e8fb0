using EventEngine.Application.Shared;
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
            NotFoundException => new StatusCodeResult(StatusCodes.Status404NotFound),
            ValidationException => new StatusCodeResult(StatusCodes.Status400BadRequest),
            _ => null,
        };
        context.ExceptionHandled = context.Result is not null;
    }

    public void OnResultExecuting(ResultExecutingContext context) => context.HttpContext.Response.Headers.CacheControl = "no-cache, no-store";

    public void OnResultExecuted(ResultExecutedContext context)
    {
    }
}
