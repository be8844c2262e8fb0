using System.Globalization;
using EventEngine.Application.Mail;

namespace EventEngine.Application.Billing;

/// <summary>What owners and admins are told at 80 % and at 100 % of the plan's events.</summary>
public static class QuotaLetter
{
    /// <param name="origin">Ours, without a slash at its end; null: it is not known, and the letter says where to look instead.</param>
    public static LetterContent Write(string organization, QuotaReached reached, int percent, string? origin)
    {
        var month = reached.Month.FirstDay.ToString("MMMM", CultureInfo.InvariantCulture);
        var used = $"{organization} has used {reached.Used:N0} of the {reached.Limit:N0} events that the {reached.Plan} plan allows in {month}.";
        return new LetterContent(
            percent >= 100 ? $"{organization} has used all its events of {month}" : $"{organization} has used {percent} % of its events of {month}",
            percent >= 100 ? "This month's events are used up" : $"{percent} % of this month's events are used",
            used,
            percent >= 100
                ? $"Reports are turned away until {month} ends or the plan changes. What is turned away stands in the ledger as refused; nothing that was kept is lost."
                : "When all are used, reports are turned away until the month ends or the plan changes.",
            "An event counts once, however many of its transitions are reported or repeated.")
        {
            Link = origin is null ? null : new LetterLink("See plan and usage", origin + "/dashboard/settings/billing"),
            Footnote = "You get this because you are an owner or admin. It is sent once for each threshold and month.",
        };
    }
}
