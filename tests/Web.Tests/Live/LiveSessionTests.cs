using System.Net.WebSockets;
using System.Text;
using EventEngine.Application.People;
using EventEngine.Web.Tests.People;

namespace EventEngine.Web.Tests.Live;

/// <summary>An open page hears nothing more from the moment that its session ends or looks elsewhere.</summary>
public sealed class LiveSessionTests(PeopleHost host) : IClassFixture<PeopleHost>
{
    [Fact]
    public async Task Signing_out_everywhere_cuts_the_open_pages_of_that_person_and_no_others()
    {
        var (browser, person, _, _) = await host.MemberAsync();
        var (other, _, _, _) = await host.MemberAsync();
        using var hers = await WatchAsync(browser);
        using var theirs = await WatchAsync(other);
        await host.SendAsync(new EndSessions(person));
        await IsCutAsync(hers);
        theirs.State.ShouldBe(WebSocketState.Open);
    }

    [Fact]
    public async Task Turning_to_another_organization_cuts_the_pages_of_the_one_before()
    {
        var (browser, person, _, _) = await host.MemberAsync();
        var second = await host.OrganizationAsync(person, "Second");
        using var page = await WatchAsync(browser);
        var session = (await host.SendAsync(new ListSessions(person))).Single();
        await host.SendAsync(new SwitchOrganization(person, session.Id, second));
        await IsCutAsync(page);
    }

    [Fact]
    public async Task Nobody_without_a_session_gets_a_connection()
    {
        var client = host.WebSockets("");
        await Should.ThrowAsync<InvalidOperationException>(() => client.ConnectAsync(new Uri("ws://localhost/live"), default));
    }

    private async Task<WebSocket> WatchAsync(Browser browser)
    {
        var cookies = string.Join("; ", (await browser.GetAsync("/dashboard")).RequestMessage!.Headers.GetValues("Cookie"));
        var socket = await host.WebSockets(cookies).ConnectAsync(new Uri("ws://localhost/live"), default);
        await SayAsync(socket, """{"protocol":"json","version":1}""");
        await SayAsync(socket, """{"type":1,"invocationId":"1","target":"Watch","arguments":[null]}""");
        var heard = "";
        while (!heard.Contains("\"invocationId\":\"1\"", StringComparison.Ordinal)) heard += await HearAsync(socket, default);
        heard.ShouldNotContain("\"error\"");
        return socket;
    }

    private static async Task IsCutAsync(WebSocket socket)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        try
        {
            while (socket.State == WebSocketState.Open) await HearAsync(socket, patience.Token);
        }
        catch (Exception e) when (e is WebSocketException or IOException)
        {
        }

        patience.IsCancellationRequested.ShouldBeFalse("the connection was not cut");
    }

    private static Task SayAsync(WebSocket socket, string message) =>
        socket.SendAsync(Encoding.UTF8.GetBytes(message + '\x1e'), WebSocketMessageType.Text, endOfMessage: true, default);

    private static async Task<string> HearAsync(WebSocket socket, CancellationToken ct)
    {
        var buffer = new byte[4096];
        var heard = await socket.ReceiveAsync(buffer, ct);
        return Encoding.UTF8.GetString(buffer, 0, heard.Count);
    }
}
