using EventEngine.Infrastructure.EventStore.EventStoreDb.Client.Connections;
using FsCheck;
using FsCheck.Fluent;

namespace EventEngine.Infrastructure.Tests.EventStore.EventStoreDb;

public sealed class ConnectionStringTests
{
    [Fact]
    public void One_host_is_enough()
    {
        var settings = ConnectionString.Parse("esdb://localhost");

        settings.Hosts.ShouldBe([new NodeEndpoint("localhost", 2113)]);
        (settings.Discover, settings.AsksForMembers, settings.Tls, settings.TlsVerifyCert, settings.User).ShouldBe((false, false, true, true, null));
        (settings.NodePreference, settings.MaxDiscoverAttempts, settings.DefaultDeadline).ShouldBe((NodePreference.Leader, 10, TimeSpan.FromSeconds(10)));
    }

    [Fact]
    public void Everything_that_can_be_said_is_understood()
    {
        var settings = ConnectionString.Parse(
            "esdb+discover://op%40s:p%3A%2F%40ss@node-1.example:1113,10.0.0.7,[::1]:2114/?tls=true&TlsVerifyCert=false&tlsCaFile=%2Fetc%2Fca.crt"
            + "&nodePreference=readOnlyReplica&keepAliveInterval=5000&keepAliveTimeout=2500&maxDiscoverAttempts=3&discoveryInterval=250"
            + "&gossipTimeout=7&defaultDeadline=1500&connectionName=x");

        settings.ShouldBe(settings with
        {
            Discover = true,
            User = "op@s",
            Password = "p:/@ss",
            Tls = true,
            TlsVerifyCert = false,
            TlsCaFile = "/etc/ca.crt",
            NodePreference = NodePreference.ReadOnlyReplica,
            KeepAliveInterval = TimeSpan.FromSeconds(5),
            KeepAliveTimeout = TimeSpan.FromSeconds(2.5),
            MaxDiscoverAttempts = 3,
            DiscoveryInterval = TimeSpan.FromMilliseconds(250),
            GossipTimeout = TimeSpan.FromSeconds(7),
            DefaultDeadline = TimeSpan.FromSeconds(1.5),
        });
        settings.Hosts.ShouldBe([new NodeEndpoint("node-1.example", 1113), new NodeEndpoint("10.0.0.7", 2113), new NodeEndpoint("::1", 2114)]);
        settings.ToString().ShouldBe("esdb+discover://op%40s@node-1.example:1113,10.0.0.7:2113,[::1]:2114?tls=true");
        ConnectionString.Parse("esdb://a?keepAliveInterval=-1").KeepAliveInterval.ShouldBeNull();
        ConnectionString.Parse("ESDB://a,b").AsksForMembers.ShouldBeTrue();
    }

    [Theory]
    [InlineData("", "begins with esdb://")]
    [InlineData("http://localhost", "begins with esdb://")]
    [InlineData("esdb://", "is not a host")]
    [InlineData("esdb://a,,b", "is not a host")]
    [InlineData("esdb://a b", "is not a host")]
    [InlineData("esdb://a:0", "1 to 65535")]
    [InlineData("esdb://a:65536", "1 to 65535")]
    [InlineData("esdb://[::1]2113", "1 to 65535")]
    [InlineData("esdb://admin@a", "user:password@")]
    [InlineData("esdb://a?tls", "name=value")]
    [InlineData("esdb://a?tls=yes", "'tls' in the connection string is true or false")]
    [InlineData("esdb://a?tsl=true", "unknown option 'tsl'")]
    [InlineData("esdb://a?gossipTimeout=0", "whole number from 1")]
    [InlineData("esdb://a?defaultDeadline=1s", "whole number from 1")]
    [InlineData("esdb://a?nodePreference=1", "leader, follower")]
    public void What_is_wrong_is_said(string text, string reason) =>
        Should.Throw<FormatException>(() => ConnectionString.Parse(text)).Message.ShouldContain(reason);

    [Theory]
    [InlineData("esdb://ops:hunter?2hunter@a")]
    [InlineData("esdb://ops:hunter/2hunter@a/?tls=true&hunter@x")]
    [InlineData("esdb://ops:hunter,2hunter@a b")]
    public void A_password_that_should_have_been_encoded_is_not_repeated(string text) =>
        Should.Throw<FormatException>(() => ConnectionString.Parse(text)).Message.ShouldNotContain("hunter");

    [Fact]
    public void What_was_written_is_read_back()
    {
        var name = Gen.Elements("a", "node-1", "10.1.2.3", "esdb.example.org").Zip(Gen.Choose(1, 65_535)).Select(pair => new NodeEndpoint(pair.Item1, pair.Item2));
        var secret = ArbMap.Default.GeneratorFor<NonEmptyString>().Select(text => text.Get).Where(IsText);
        var settings =
            from hosts in name.NonEmptyListOf()
            from user in secret
            from password in secret
            from discover in ArbMap.Default.GeneratorFor<bool>()
            from tls in ArbMap.Default.GeneratorFor<bool>()
            from deadline in Gen.Choose(1, 1_000_000)
            select new ConnectionSettings([.. hosts])
            {
                Discover = discover,
                User = user,
                Password = password,
                Tls = tls,
                DefaultDeadline = TimeSpan.FromMilliseconds(deadline),
            };

        Prop.ForAll(settings.ToArbitrary(), expected =>
        {
            var text = $"{(expected.Discover ? "esdb+discover" : "esdb")}://{Uri.EscapeDataString(expected.User!)}:{Uri.EscapeDataString(expected.Password!)}@"
                + $"{string.Join(',', expected.Hosts)}/?tls={expected.Tls}&defaultDeadline={expected.DefaultDeadline.TotalMilliseconds}";

            var read = ConnectionString.Parse(text);

            read.Hosts.ShouldBe(expected.Hosts);
            (read with { Hosts = expected.Hosts }).ShouldBe(expected);
        }).Check(Config.QuickThrowOnFailure);
    }

    [Fact]
    public void Whatever_it_is_given_it_understands_it_or_says_why_not_and_never_repeats_a_password()
    {
        const string password = "hunter2hunter2";
        Prop.ForAll(ArbMap.Default.ArbFor<string?>(), ArbMap.Default.ArbFor<string?>(), (hosts, options) =>
        {
            try
            {
                ConnectionString.Parse($"esdb://user:{password}@{hosts}?{options}").ToString().ShouldNotContain(password);
            }
            catch (FormatException e)
            {
                e.Message.ShouldNotContain(password);
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(1_000));
    }

    private static bool IsText(string text) => !text.Any(char.IsSurrogate);
}
