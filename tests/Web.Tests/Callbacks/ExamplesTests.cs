using System.Text;
using System.Text.Json.Nodes;
using EventEngine.Application.Apps;
using EventEngine.Application.Callbacks;
using EventEngine.Domain.Apps;
using EventEngine.Domain.Organizations;
using EventEngine.Infrastructure.Shared;

namespace EventEngine.Web.Tests.Callbacks;

/// <summary>What docs/callbacks.md shows is what runs here, asked by our own adapter.</summary>
public sealed class ExamplesTests(CallbackHost product) : IClassFixture<CallbackHost>
{
    private readonly ApiKey _key = new($"ee_live_{Guid.NewGuid():N}");

    [Fact]
    public async Task The_one_in_ASP_NET_Core_answers_as_the_document_says()
    {
        await using var example = await ExampleProcess.AspNetAsync(_key.Secret);
        await AnswersAsync(example);
    }

    [Fact]
    public async Task The_one_in_Rack_answers_as_the_document_says()
    {
        await using var example = await ExampleProcess.RackAsync(_key.Secret);
        await AnswersAsync(example);
    }

    [Theory]
    [InlineData("callbacks-aspnet", "Program.cs")]
    [InlineData("callbacks-rack", "config.ru")]
    public void The_document_shows_it_whole(string example, string file) =>
        File.ReadAllText(Path.Combine(RepositoryFolder.Path!, "docs", "callbacks.md")).ShouldContain(File.ReadAllText(Path.Combine(ExampleProcess.Folder(example), file)).TrimEnd());

    private async Task AnswersAsync(ExampleProcess example)
    {
        var app = await product.AppAsync(example.Address);
        (await product.Callbacks.FetchPayloadAsync(app.Id, "42", default)).Outcome.ShouldBe(CallbackOutcome.Unauthorized, "another key");
        (await product.Callbacks.RetryAsync(app.Id, "42", default)).Outcome.ShouldBe(CallbackOutcome.Unauthorized);
        await product.SendAsync(new IssueApiKey(Actor.Operator(product.Ours.Organization), Guid.NewGuid(), app.Id, _key));

        var payload = await product.Callbacks.FetchPayloadAsync(app.Id, "42", default);
        payload.Outcome.ShouldBe(CallbackOutcome.Answered);
        ((string?)JsonNode.Parse(Encoding.UTF8.GetString(payload.Body.Span))!["payload"]!["total"]).ShouldBe("19.90");
        for (var time = 0; time < 2; time++) (await product.Callbacks.RetryAsync(app.Id, "42", default)).StatusCode.ShouldBe(202);

        var published = await product.Callbacks.RetryAsync(app.Id, "43", default);
        (published.StatusCode, published.Reason).ShouldBe((409, "127.0.0.1 answered 409: It was published at 10:42 UTC."));
        foreach (var unknown in new[] { "44", "no/such event", "0" })
        {
            (await product.Callbacks.FetchPayloadAsync(app.Id, unknown, default)).Outcome.ShouldBe(CallbackOutcome.NotFound, unknown);
            (await product.Callbacks.RetryAsync(app.Id, unknown, default)).Outcome.ShouldBe(CallbackOutcome.NotFound, unknown);
        }
    }
}
