using EventEngine.Application.Billing;
using EventEngine.Application.Shared;
using EventEngine.Domain.Organizations;
using EventEngine.Web.Pages.Shared;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Options;

namespace EventEngine.Web.Pages.Landing;

/// <summary>What a stranger sees first; whoever is signed in goes on to the dashboard.</summary>
[AllowAnonymous]
public sealed class LandingModel(IOptions<EventEngineOptions> options) : PageModel
{
    public IReadOnlyList<Offer> Offers { get; } = [.. Enum.GetValues<Plan>().Select(plan => Offer.Of(plan, options.Value.LimitsOf(plan)))];

    public IActionResult OnGet() => User.Identity?.IsAuthenticated == true ? LocalRedirect("/dashboard") : Page();
}

/// <summary>A plan in words.</summary>
/// <param name="Price">A number, or "By agreement".</param>
public sealed record Offer(string Plan, string Price, bool IsMonthly, IReadOnlyList<string> Gives)
{
    public static Offer Of(Plan plan, PlanLimits limits) => new(
        plan.ToString(),
        plan.DollarsAMonth() is { } dollars ? $"${dollars}" : "By agreement",
        plan.DollarsAMonth() is not null,
        [
            limits.EventsPerMonth is { } events ? $"{Words.Count(events)} events a month" : "Any number of events",
            limits.Apps is { } apps ? Words.Plural(apps, "app", "apps") : "Any number of apps",
            limits.RetentionDays is { } days ? $"Events kept for {(days == 1 ? "24 hours" : $"{days:N0} days")}" : "Events kept as long as you say",
            limits.RequestsPerMinute is { } requests ? $"{Words.Count(requests)} requests a minute" : "No limit on requests",
            "Hourly figures kept for good",
        ]);
}
