using EventEngine.Application.Ingestion;
using EventEngine.Domain.Apps;

namespace EventEngine.Infrastructure.Tests.Ingestion;

public sealed class RefusedRequestsTests
{
    private static readonly AppId Shop = new(Guid.NewGuid());

    private readonly RefusedRequests _refused = new(TimeProvider.System);

    [Fact]
    public void The_same_refusal_again_only_counts()
    {
        for (var i = 0; i < 1_000; i++) _refused.Note(Shop, "rate_limit_exceeded", "Slow down.");
        _refused.Take().Refusals.ShouldHaveSingleItem().Count.ShouldBe(1_000);
        _refused.Take().Refusals.ShouldBeEmpty("it was taken");
    }

    [Fact]
    public void A_flood_of_keys_leaves_no_more_to_look_up_than_there_is_room_for()
    {
        for (var i = 0; i < 50_000; i++) Stranger($"ee_live_{i:D32}");
        _refused.Take().Strangers.Count.ShouldBe(RefusedRequests.MaxStrangers);
        Stranger("ee_live_afterwards");
        _refused.Take().Strangers.ShouldHaveSingleItem();
    }

    [Fact]
    public void A_flood_of_reasons_is_bounded_too()
    {
        for (var i = 0; i < 5_000; i++) _refused.Note(Shop, "invalid_body", $"At byte {i}.");
        _refused.Take().Refusals.Count.ShouldBe(RefusedRequests.MaxRefusals);
    }

    [Fact]
    public void Of_a_key_that_was_sent_only_digests_and_its_length_are_kept()
    {
        const string Sent = "ee_live_abcdefghijklmnopqrstuvwxyz23456";
        Stranger(Sent);
        Stranger(Sent);
        var stranger = _refused.Take().Strangers.ShouldHaveSingleItem();
        stranger.Count.ShouldBe(2);
        stranger.Key.Length.ShouldBe(Sent.Length);
        stranger.Key.Digest.ShouldBe(ApiKey.DigestOf(System.Text.Encoding.UTF8.GetBytes(Sent)));
        stranger.Key.Beginning.ShouldBe(ApiKey.DigestOf("ee_live_abcdefgh"u8));
    }

    [Fact]
    public async Task Whoever_waits_hears_of_the_first()
    {
        var waiting = _refused.WaitAsync(default);
        waiting.IsCompleted.ShouldBeFalse();
        _refused.Note(Shop, "invalid_body", "No JSON.");
        await waiting.WaitAsync(TimeSpan.FromSeconds(10));
    }

    private void Stranger(string key)
    {
        KeyDigest.TryOf(key, out var digest).ShouldBeTrue();
        _refused.NoteStranger(key, digest);
    }
}
