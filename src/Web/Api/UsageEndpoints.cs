using System.Security.Claims;
using EventEngine.Application.Billing;
using EventEngine.Application.Shared;
using EventEngine.Domain.Apps;
using EventEngine.Domain.Organizations;
using MediatR;
using Microsoft.AspNetCore.Http.HttpResults;

namespace EventEngine.Web.Api;

internal static class UsageEndpoints
{
    public static void MapUsageEndpoints(this RouteGroupBuilder api) =>
        api.MapGet("/usage", GetUsage).WithSummary("Distinct events of this month (UTC) against the plan, with a forecast, by app, and of past months.");

    private static async Task<Ok<UsageBody>> GetUsage(ClaimsPrincipal user, IMediator mediator, CancellationToken ct)
    {
        var answer = await mediator.Send(new GetUsage(user.Organization()), ct);
        return TypedResults.Ok(UsageBody.Of(answer));
    }
}

/// <param name="Month">Its first day.</param>
/// <param name="Used">Distinct events: transitions and repetitions of one count once, in the month of first receipt.</param>
/// <param name="Limit">Null: the plan has none.</param>
/// <param name="Forecast">Used, and what remains of the month at the rate of the last seven days; null while there is less than a day to judge by.</param>
internal sealed record UsageBody(
    AsOf AsOf, Plan Plan, DateOnly Month, long Used, long? Limit, long? Forecast, IReadOnlyList<AppUsage> Apps, IReadOnlyList<MonthOfUse> PastMonths)
{
    public static UsageBody Of(Answer<Usage> answer) => new(
        answer.AsOf, answer.Value.Plan, answer.Value.Month, answer.Value.Used, answer.Value.Limit, answer.Value.Forecast, answer.Value.Apps, answer.Value.PastMonths);
}
