using EventEngine.Application.Mail;
using EventEngine.Application.Shared;
using EventEngine.Infrastructure.Mail;
using EventEngine.Testing;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace EventEngine.Web.Tests.Mail;

public sealed class MailDeliveryTests : IClassFixture<DatabaseFixture>, IAsyncLifetime, IDisposable
{
    private static readonly Letter Letter = new LetterContent("Hello", "Hello", "A secret: s3cr3t-link").To("jo@example.test");
    private readonly DatabaseFixture _database;
    private readonly FakeMailServer _server = new();
    private readonly Clock _clock = new();
    private readonly IDataProtectionProvider _protection = new EphemeralDataProtectionProvider();
    private readonly SmtpOptions _smtp;

    public MailDeliveryTests(DatabaseFixture database)
    {
        DapperSetup.Apply();
        _database = database;
        _smtp = new SmtpOptions { Host = "127.0.0.1", Port = _server.Port, Tls = false, From = "EventEngine <no-reply@events.example>" };
    }

    public async Task InitializeAsync()
    {
        await using var clear = _database.DataSource.CreateCommand("truncate app.mails");
        await clear.ExecuteNonQueryAsync();
    }

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose() => _server.Dispose();

    [Fact]
    public async Task A_letter_is_sent_in_both_forms_and_forgotten()
    {
        await Store().EnqueueAsync(Letter, default);
        await Delivery().DeliverAsync(default);
        var mail = string.Join('\n', _server.Received.Single());
        mail.ShouldContain("<no-reply@events.example>");
        mail.ShouldContain("To: jo@example.test");
        mail.ShouldContain("Content-Type: multipart/alternative");
        mail.ShouldContain("Content-Type: text/plain");
        mail.ShouldContain("Content-Type: text/html");
        (await Store().CountAsync(default)).ShouldBe(new MailBacklog(0, null, 0));
    }

    [Fact]
    public async Task What_it_says_can_not_be_read_in_the_database()
    {
        await Store().EnqueueAsync(Letter, default);
        await using var query = _database.DataSource.CreateCommand("select encode(letter, 'escape') from app.mails");
        var stored = (string)(await query.ExecuteScalarAsync())!;
        stored.ShouldNotContain("s3cr3t");
        stored.ShouldNotContain("jo@");
    }

    [Fact]
    public async Task A_server_that_is_away_is_asked_again_later_and_no_letter_is_lost()
    {
        _server.Verdict = "451 not now";
        await Store().EnqueueAsync(Letter, default);
        await Delivery().DeliverAsync(default);
        _server.Verdict = "250 OK";
        await Delivery().DeliverAsync(default);
        _server.Received.ShouldBeEmpty("the first wait is 30 s");
        _clock.Now += TimeSpan.FromSeconds(30);
        await Delivery().DeliverAsync(default);
        _server.Received.Count.ShouldBe(1);
    }

    [Fact]
    public async Task After_three_days_it_is_given_up_visibly_and_without_its_text()
    {
        _server.Verdict = "451 not now";
        await Store().EnqueueAsync(Letter, default);
        _clock.Now += MailDelivery.Patience + TimeSpan.FromSeconds(1);
        await Delivery().DeliverAsync(default);
        (await Store().CountAsync(default)).ShouldBe(new MailBacklog(0, null, 1));
        (await CountAsync("letter is null and error like '%451%'")).ShouldBe(1);
    }

    [Fact]
    public async Task An_address_that_does_not_exist_is_given_up_at_once()
    {
        _server.Verdict = "550 no such mailbox";
        await Store().EnqueueAsync(Letter, default);
        await Delivery().DeliverAsync(default);
        (await Store().CountAsync(default)).GivenUp.ShouldBe(1);
    }

    [Fact]
    public async Task Two_senders_never_take_the_same_letter()
    {
        for (var i = 0; i < 20; i++) await Store().EnqueueAsync(Letter, default);
        await Task.WhenAll(Delivery().DeliverAsync(default), Delivery().DeliverAsync(default), Delivery().DeliverAsync(default));
        _server.Received.Count.ShouldBe(20);
    }

    [Fact]
    public async Task Who_died_while_sending_is_followed_by_another_after_the_lease()
    {
        await Store().EnqueueAsync(Letter, default);
        (await Store().ClaimAsync(_clock.Now, TimeSpan.FromMinutes(5), default)).ShouldNotBeNull();
        await Delivery().DeliverAsync(default);
        _server.Received.ShouldBeEmpty();
        _clock.Now += TimeSpan.FromMinutes(5);
        await Delivery().DeliverAsync(default);
        _server.Received.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_letter_whose_key_is_gone_is_given_up()
    {
        var other = new LetterSeal(new EphemeralDataProtectionProvider());
        await new Mails(_database.DataSource, other, new MailSignal(), Sender(), _clock, NullLogger<Mails>.Instance).EnqueueAsync(Letter, default);
        await Delivery().DeliverAsync(default);
        (await Store().CountAsync(default)).GivenUp.ShouldBe(1);
    }

    [Fact]
    public async Task Without_a_mail_server_letters_wait_and_end_after_three_days()
    {
        _smtp.Host = "";
        await Store().EnqueueAsync(Letter, default);
        await Delivery().DeliverAsync(default);
        (await Store().ListWaitingAsync(10, default)).Single().Letter.ShouldBe(Letter);
        _clock.Now += MailDelivery.Patience + TimeSpan.FromSeconds(1);
        await Delivery().ExpireAsync(default);
        (await Store().ListWaitingAsync(10, default)).ShouldBeEmpty();
        (await Store().CountAsync(default)).GivenUp.ShouldBe(1);
        _clock.Now += TimeSpan.FromDays(31);
        await Delivery().ExpireAsync(default);
        (await Store().CountAsync(default)).GivenUp.ShouldBe(0);
    }

    [Theory]
    [InlineData("jo@example.test\r\nBcc: eve@example.test")]
    [InlineData("jo@example.test,eve@example.test")]
    public async Task An_address_that_is_two_is_not_even_queued(string address) =>
        await Should.ThrowAsync<ArgumentException>(() => Store().EnqueueAsync(Letter with { To = address }, default));

    [Fact]
    public async Task A_subject_with_a_line_end_never_becomes_a_header_even_if_somebody_forgot_the_template()
    {
        await Store().EnqueueAsync(Letter with { Subject = "Hello\r\nBcc: eve@example.test" }, default);
        await Delivery().DeliverAsync(default);
        _server.Received.ShouldBeEmpty();
        _server.Recipients.ShouldBeEmpty();
        (await Store().CountAsync(default)).GivenUp.ShouldBe(1);
    }

    [Fact]
    public async Task The_header_of_a_sent_mail_holds_what_we_put_there_and_nothing_else()
    {
        await Store().EnqueueAsync(new LetterContent("Hello\r\nBcc: eve@example.test", "x").To("jo@example.test"), default);
        await Delivery().DeliverAsync(default);
        var header = _server.Received.Single().TakeWhile(line => line.Length > 0).Where(line => line[0] is not (' ' or '\t')).Select(line => line.Split(':')[0]);
        header.Order(StringComparer.Ordinal).ShouldBe(["Auto-Submitted", "Content-Type", "Date", "From", "MIME-Version", "Message-ID", "Subject", "To"], ignoreOrder: true);
        _server.Recipients.Single().ShouldBe("RCPT TO:<jo@example.test>");
    }

    private SmtpEmailSender Sender() => new(Options.Create(new EventEngineOptions { Smtp = _smtp }));

    private Mails Store() => new(_database.DataSource, new LetterSeal(_protection), new MailSignal(), Sender(), _clock, NullLogger<Mails>.Instance);

    private MailDelivery Delivery() => new(Store(), Sender(), _clock, NullLogger<MailDelivery>.Instance);

    private async Task<long> CountAsync(string where)
    {
        await using var count = _database.DataSource.CreateCommand($"select count(*) from app.mails where {where}");
        return (long)(await count.ExecuteScalarAsync())!;
    }

    private sealed class Clock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = new(2026, 1, 15, 10, 0, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
