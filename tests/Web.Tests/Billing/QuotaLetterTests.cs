using EventEngine.Application.Billing;
using EventEngine.Domain.Organizations;
using EventEngine.Testing;

namespace EventEngine.Web.Tests.Billing;

public sealed class QuotaLetterTests
{
    [Fact]
    public void What_is_written_at_80_percent() => Snapshot.Matches(Letter(8_213, 80, "https://cloud.example"));

    [Fact]
    public void What_is_written_at_100_percent_where_our_address_is_not_known() => Snapshot.Matches(Letter(10_007, 100, null));

    private static string Letter(long used, int percent, string? origin)
    {
        var reached = new QuotaReached(new OrganizationId(Guid.Empty), Plan.Free, new Month(new DateOnly(2026, 11, 1)), used, 10_000);
        var letter = QuotaLetter.Write("Farm & Sons", reached, percent, origin).To("owner@example.test");
        return $"{letter.Subject}\n\n{letter.Text}\n\n{letter.Html}";
    }
}
