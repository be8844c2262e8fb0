using EventEngine.Domain.DeadLetters;

namespace EventEngine.Domain.Tests.DeadLetters;

public sealed class GroupingErrorsTests
{
    [Theory]
    [InlineData("Failed to send messages to events.7/12", "Failed to send messages to events.*/*")]
    [InlineData("Connection refused - connect(2) for \"10.0.0.5\" port 5432", "Connection refused - connect(*) for \"*\" port *")]
    [InlineData("event_level 4 event 'order_shipped' requires a transport, but none is configured", "event_level * event '*' requires a transport, but none is configured")]
    [InlineData("Couldn't find Order with 'id'=17", "Couldn't find Order with '*'=*")]
    [InlineData("undefined method `total' for #<Order:0x000055d1e3>", "undefined method `total' for #<Order:*>")]
    [InlineData("GET https://api.example.org/orders/550e8400-e29b-41d4-a716-446655440000/items?page=2&x=y gave 503", "GET https://api.example.org/orders/*/items?* gave *")]
    [InlineData("no mailbox jo.doe+x@example.org.", "no mailbox *.")]
    [InlineData("lost at 2026-11-20T14:03:07.123Z or 2026-11-20 14:03:07 +0000", "lost at * or *")]
    [InlineData("expired Fri, 20 Nov 2026 14:03:07 GMT", "expired *")]
    [InlineData("[fe80::1]:6379 and ::1 are away", "[*]:* and * are away")]
    [InlineData("commit 9fceb02d0ae598e95dc970b74767f19372d61af8 of web01", "commit * of web*")]
    [InlineData("customer cus_Nf8sd9fSDf93 has no card", "customer cus_* has no card")]
    [InlineData("took 1,024.50 ms\n  on line 3", "took * ms on line *")]
    [InlineData("execution expired", "execution expired")]
    [InlineData("ActiveRecord::Deadlocked in Dead::Beef", "ActiveRecord::Deadlocked in Dead::Beef")]
    [InlineData(null, "")]
    [InlineData(" \n", "")]
    public void What_varies_becomes_a_star(string? message, string pattern) => ErrorPattern.Of(message).ShouldBe(pattern);

    [Fact]
    public void Groups_are_told_apart_by_class_and_by_what_the_message_says()
    {
        ErrorFingerprint.Of("Timeout", "after 3 s").ShouldBe(ErrorFingerprint.Of("Timeout", "after 30 s"));
        ErrorFingerprint.Of("Timeout", "after 3 s").ShouldNotBe(ErrorFingerprint.Of("Expired", "after 3 s"));
        ErrorFingerprint.Of("Timeout", "after 3 s").ShouldNotBe(ErrorFingerprint.Of("Timeout", "before 3 s"));
        ErrorFingerprint.Of(null, null).ShouldBe(ErrorFingerprint.Of("", ""));
    }

    [Fact]
    public void A_fingerprint_is_16_digits_and_stays_what_it_is()
    {
        var fingerprint = ErrorFingerprint.Of("Timeout::Error", "execution expired");

        fingerprint.ToString().ShouldBe("12811626a0094bb3");
        ErrorFingerprint.Parse(fingerprint.ToString()).ShouldBe(fingerprint);
        new[] { null, "", "1", "zzzzzzzzzzzzzzzz", "0123456789abcdef0" }.ShouldAllBe(text => ErrorFingerprint.Parse(text) == null);
    }

    [Fact]
    public void A_long_message_is_cut_and_its_pattern_is_still_its_own()
    {
        var pattern = ErrorPattern.Of(string.Concat(Enumerable.Repeat("𝄞 no such shard ", 600)));

        pattern.Length.ShouldBeInRange(299, 300);
        pattern.ShouldEndWith("…");
        ErrorPattern.Of(pattern).ShouldBe(pattern);
    }

    [Fact]
    public void Every_rule_takes_its_own_example()
    {
        foreach (var rule in VariableRule.All.Where(rule => rule.Becomes == "*" && rule.Example.Length > 0))
            foreach (var example in rule.Example.Split(", "))
                ErrorPattern.Of($"saw {example} there").ShouldBe("saw * there", rule.Name);
    }
}
