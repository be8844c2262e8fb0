using EventEngine.Testing;

namespace EventEngine.Web.Tests.Retries;

/// <summary>The server is killed while it retries, and started again.</summary>
public sealed class KilledRetryTests
{
    private static readonly int Items = int.TryParse(Environment.GetEnvironmentVariable("EVENTENGINE_BULK_RETRY"), out var items) ? items : 2_000;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60 + (Items / 20));

    [Fact]
    public async Task What_was_between_sending_and_answer_is_unconfirmed_the_rest_goes_on_and_nothing_is_sent_twice()
    {
        await using var product = new RetryingProduct();
        var app = product.App;
        app.Status = id => int.Parse(id) % 10 == 7 ? 409 : 202;
        await product.StartAsync(Items);

        var retry = await product.RetryAllAsync();
        await Eventually.Becomes(() => app.Total >= Items / 3, Patience);
        await product.Web.KillAsync();
        await product.Web.StartAsync();
        var counts = await product.EndsAsync(retry, Patience);

        int Of(string state) => counts[state]!.GetValue<int>();
        Console.WriteLine($"After the kill: {counts.ToJsonString()}");
        (Of("accepted") + Of("refused") + Of("unconfirmed")).ShouldBe(Items);
        Of("unconfirmed").ShouldBeInRange(0, 8);
        app.Received.Values.ShouldAllBe(times => times == 1);
        app.Received.Count.ShouldBeGreaterThanOrEqualTo(Items - Of("unconfirmed"));
        Of("refused").ShouldBeInRange((Items / 10) - Of("unconfirmed"), Items / 10);
    }
}
