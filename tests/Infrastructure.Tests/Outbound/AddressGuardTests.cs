using EventEngine.Infrastructure.Outbound;
using EventEngine.Testing;
using Microsoft.Extensions.Options;

namespace EventEngine.Infrastructure.Tests.Outbound;

/// <summary>Whatever a host is called, it is the address connected to that counts.</summary>
public sealed class AddressGuardTests
{
    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("localhost")]
    [InlineData("2130706433")]
    [InlineData("0x7f000001")]
    [InlineData("0x7f.1")]
    [InlineData("0177.0.0.1")]
    [InlineData("127.1")]
    [InlineData("0.0.0.0")]
    [InlineData("0")]
    [InlineData("[::1]")]
    [InlineData("[::]")]
    [InlineData("[::ffff:127.0.0.1]")]
    [InlineData("[::ffff:7f00:1]")]
    [InlineData("user:secret@127.0.0.1")]
    [InlineData("shop.example@127.0.0.1")]
    [InlineData("①②⑦.⓪.⓪.①")]
    [InlineData("127。0。0。1")]
    public async Task A_server_on_this_machine_is_never_reached(string host)
    {
        await using var server = RawServer.Answering("200 OK", "secret");
        await using var outgoing = new Outgoing().Naming("localhost", "127.0.0.1", "::1");

        var answer = await outgoing.GetAsync(new Uri($"http://{host}:{server.Port}/"));

        answer.Outcome.ShouldBeOneOf(OutboundOutcome.AddressRefused, OutboundOutcome.Unreachable);
        answer.Body.Length.ShouldBe(0);
        answer.Reason.ShouldNotBeNull().ShouldNotContain("secret");
        server.Requests.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("::1")]
    [InlineData("::ffff:127.0.0.1")]
    [InlineData("64:ff9b::7f00:1")]
    [InlineData("169.254.169.254")]
    [InlineData("10.0.0.1,127.0.0.1,fd00::1")]
    public async Task A_name_that_leads_to_a_private_address_is_refused(string addresses)
    {
        await using var server = RawServer.Answering("200 OK", "secret");
        await using var outgoing = new Outgoing().Naming("shop.example", addresses.Split(','));

        var answer = await outgoing.GetAsync(new Uri($"http://shop.example:{server.Port}/"));

        answer.Outcome.ShouldBe(OutboundOutcome.AddressRefused);
        answer.Reason.ShouldBe("shop.example leads to an address that is not on the public internet, and is not called from here.");
        server.Requests.ShouldBeEmpty();
    }

    /// <summary>A second look-up could give another answer than the one that was judged: there is none.</summary>
    [Fact]
    public async Task The_name_is_looked_up_once_for_a_connection()
    {
        await using var server = RawServer.Answering("200 OK", "{}");
        await using var outgoing = new Outgoing("127.0.0.1").Naming("shop.example", "127.0.0.1");

        (await outgoing.GetAsync(new Uri($"http://shop.example:{server.Port}/"))).Outcome.ShouldBe(OutboundOutcome.Answered);

        outgoing.Asked.ShouldBe(["shop.example"]);
    }

    [Fact]
    public async Task Of_several_addresses_only_those_that_may_be_called_are_tried()
    {
        await using var server = RawServer.Answering("200 OK", "{}");
        await using var outgoing = new Outgoing("127.0.0.1").Naming("shop.example", "127.0.0.2", "10.0.0.1", "127.0.0.1");

        (await outgoing.GetAsync(new Uri($"http://shop.example:{server.Port}/"))).Outcome.ShouldBe(OutboundOutcome.Answered);
    }

    [Theory]
    [InlineData("127.0.0.0/8")]
    [InlineData("10.0.0.0/8, 127.0.0.1")]
    public async Task The_operator_may_open_a_network(string allowed)
    {
        await using var server = RawServer.Answering("200 OK", "{}");
        await using var outgoing = new Outgoing(allowed).Naming("mapped.example", "::ffff:127.0.0.1");

        (await outgoing.GetAsync(server.Address)).Outcome.ShouldBe(OutboundOutcome.Answered);
        (await outgoing.GetAsync(new Uri($"http://mapped.example:{server.Port}/"))).Outcome.ShouldBe(OutboundOutcome.Answered);
        (await outgoing.GetAsync(new Uri("http://169.254.169.254/latest/meta-data/"))).Outcome.ShouldBe(OutboundOutcome.AddressRefused);
    }

    [Theory]
    [InlineData("10.0.0/8")]
    [InlineData("127.0.0.0/8, everywhere")]
    [InlineData("10.0.0.0/33")]
    public async Task A_network_written_wrongly_stops_the_start(string allowed)
    {
        await using var outgoing = new Outgoing(allowed);

        Should.Throw<OptionsValidationException>(outgoing.Check).Message.ShouldContain("AllowedNetworks");
    }

    [Fact]
    public async Task A_name_that_nobody_knows_is_unreachable()
    {
        await using var outgoing = new Outgoing();

        var answer = await outgoing.GetAsync(new Uri("http://nowhere.example/"));

        answer.ShouldBe(new OutboundAnswer(OutboundOutcome.Unreachable, null, default, "nowhere.example could not be reached: its name is not known."));
    }

    [Fact]
    public async Task So_is_a_port_where_nobody_listens()
    {
        int port;
        await using (var server = RawServer.Answering("200 OK")) port = server.Port;
        await using var outgoing = new Outgoing("127.0.0.0/8");

        var answer = await outgoing.GetAsync(new Uri($"http://127.0.0.1:{port}/"));

        answer.ShouldBe(new OutboundAnswer(OutboundOutcome.Unreachable, null, default, "127.0.0.1 could not be reached: connection refused."));
    }
}
