using EventEngine.Application.Ingestion;
using EventEngine.Domain.Apps;
using EventEngine.Domain.Organizations;

namespace EventEngine.Infrastructure.Tests.Ingestion;

public sealed class ReportersTests : IDisposable
{
    private static readonly Reporter Shop = new(new AppId(Guid.NewGuid()), new OrganizationId(Guid.NewGuid()), Guid.NewGuid(), Plan.Pro);

    private readonly SteppedClock _clock = new();
    private readonly Directory _directory = new();
    private readonly Reporters _reporters;

    public ReportersTests() => _reporters = new Reporters(_directory, _clock);

    [Fact]
    public async Task A_key_in_use_is_not_looked_up_for_each_request()
    {
        _directory.Keys[Digest("a")] = Shop;
        for (var i = 0; i < 10; i++) (await FindAsync("a")).ShouldBe(Shop);
        _directory.LookUps.ShouldBe(1);
        for (var i = 0; i < 10; i++)
        {
            _clock.Advance(Reporters.RefreshEvery.TotalSeconds);
            await _reporters.RefreshAsync(default);
            (await FindAsync("a")).ShouldBe(Shop);
        }

        _directory.LookUps.ShouldBe(11, "only the background has asked");
    }

    [Fact]
    public async Task A_revoked_key_stops_within_a_second_with_or_without_the_background()
    {
        _directory.Keys[Digest("a")] = Shop;
        await FindAsync("a");
        _directory.Keys.Clear();
        _clock.Advance(0.4);
        (await FindAsync("a")).ShouldBe(Shop);
        _clock.Advance(0.5);
        (await FindAsync("a")).ShouldBeNull();
    }

    [Fact]
    public async Task A_changed_plan_is_known_after_a_refresh()
    {
        _directory.Keys[Digest("a")] = Shop;
        await FindAsync("a");
        _directory.Keys[Digest("a")] = Shop with { Enabled = false };
        await _reporters.RefreshAsync(default);
        (await FindAsync("a"))!.Enabled.ShouldBeFalse();
    }

    [Fact]
    public async Task An_unknown_key_is_asked_for_once_a_second()
    {
        for (var i = 0; i < 10; i++) (await FindAsync("x")).ShouldBeNull();
        _directory.LookUps.ShouldBe(1);
        _directory.Keys[Digest("x")] = Shop;
        _clock.Advance(1.1);
        (await FindAsync("x")).ShouldBe(Shop);
    }

    [Fact]
    public async Task While_keys_cannot_be_looked_up_those_in_use_go_on_for_five_minutes()
    {
        _directory.Keys[Digest("a")] = Shop;
        await FindAsync("a");
        _directory.IsDown = true;
        for (var i = 0; i < 290; i++)
        {
            _clock.Advance(1);
            (await FindAsync("a")).ShouldBe(Shop);
        }

        await Should.ThrowAsync<ReportersUnavailableException>(() => FindAsync("b"));
        _clock.Advance(11);
        await Should.ThrowAsync<ReportersUnavailableException>(() => FindAsync("a"));
        _directory.IsDown = false;
        (await FindAsync("a")).ShouldBe(Shop);
    }

    [Fact]
    public async Task A_key_whose_app_is_not_known_yet_is_neither_valid_nor_unknown()
    {
        _directory.Keys[Digest("a")] = null;
        await Should.ThrowAsync<ReportersUnavailableException>(() => FindAsync("a"));
        _directory.Keys[Digest("a")] = Shop;
        (await FindAsync("a")).ShouldBe(Shop);
    }

    [Fact]
    public async Task A_key_out_of_use_is_no_longer_looked_up()
    {
        _directory.Keys[Digest("a")] = Shop;
        await FindAsync("a");
        _clock.Advance(61);
        await _reporters.RefreshAsync(default);
        _directory.LookUps.ShouldBe(1);
    }

    [Fact]
    public void A_digest_is_that_of_the_stored_key()
    {
        Digest("ee_live_é").ToArray().ShouldBe(new ApiKey("ee_live_é").Digest());
        KeyDigest.From(new ApiKey("k").Digest()).ShouldBe(Digest("k"));
        KeyDigest.TryOf("", out _).ShouldBeFalse();
        KeyDigest.TryOf(new string('k', KeyDigest.MaxKeyBytes + 1), out _).ShouldBeFalse();
    }

    public void Dispose() => _reporters.Dispose();

    private static KeyDigest Digest(string key) => KeyDigest.TryOf(key, out var digest) ? digest : throw new ArgumentException("no key", nameof(key));

    private async Task<Reporter?> FindAsync(string key) => await _reporters.FindAsync(Digest(key), CancellationToken.None);

    private sealed class Directory : IReporterDirectory
    {
        public Dictionary<KeyDigest, Reporter?> Keys { get; } = [];

        public int LookUps { get; private set; }

        public bool IsDown { get; set; }

        public Task<IReadOnlyDictionary<KeyDigest, Reporter?>> FindAsync(IReadOnlyCollection<KeyDigest> keys, CancellationToken ct)
        {
            LookUps++;
            if (IsDown) throw new ReportersUnavailableException("told to be down");
            return Task.FromResult<IReadOnlyDictionary<KeyDigest, Reporter?>>(Keys.Where(pair => keys.Contains(pair.Key)).ToDictionary());
        }
    }
}
