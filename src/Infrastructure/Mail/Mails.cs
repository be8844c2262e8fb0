using Dapper;
using EventEngine.Application.Mail;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace EventEngine.Infrastructure.Mail;

public sealed class Mails(NpgsqlDataSource dataSource, LetterSeal seal, MailSignal signal, IEmailSender sender, TimeProvider time, ILogger<Mails> log)
    : IMailQueue, IMailStore
{
    private const string Add = "insert into app.mails (mail_id, letter, queued_at, next_attempt_at) values (@id, @letter, @at, @at)";

    private const string Claim = """
        update app.mails set attempts = attempts + 1, next_attempt_at = @until
        where mail_id = (select mail_id from app.mails where given_up_at is null and next_attempt_at <= @now
                         order by next_attempt_at limit 1 for update skip locked)
        returning mail_id, letter, queued_at, attempts
        """;

    private const string Postpone = "update app.mails set next_attempt_at = @until, error = @error where mail_id = @id";
    private const string GiveUp = "update app.mails set given_up_at = @at, error = @error, letter = null where mail_id = @id";

    private const string Expire = """
        delete from app.mails where given_up_at < @forgetBefore;
        update app.mails set given_up_at = @at, letter = null, error = coalesce(error, 'No mail server is set.')
        where given_up_at is null and queued_at < @queuedBefore and next_attempt_at <= @at
        """;

    private const string ListWaiting = "select mail_id, letter, queued_at, attempts from app.mails where letter is not null order by queued_at desc limit @limit";

    private const string Count = """
        select count(*) filter (where given_up_at is null) as waiting, min(queued_at) filter (where given_up_at is null) as oldestqueuedat,
               count(*) filter (where given_up_at is not null) as givenup
        from app.mails
        """;

    public async Task EnqueueAsync(Letter letter, CancellationToken ct)
    {
        if (!MailAddresses.IsOne(letter.To)) throw new ArgumentException("A letter goes to exactly one address.", nameof(letter));
        var id = Guid.CreateVersion7(time.GetUtcNow());
        await ExecuteAsync(Add, new { id, letter = seal.Close(letter), at = time.GetUtcNow() }, ct);
        if (!sender.IsConfigured) log.LogInformation("Mail {Mail} waits, since no mail server is set: {Subject}", id, letter.Subject);
        signal.Ring();
    }

    public async Task<DueMail?> ClaimAsync(DateTimeOffset now, TimeSpan lease, CancellationToken ct)
    {
        await using var db = await dataSource.OpenConnectionAsync(ct);
        var row = await db.QuerySingleOrDefaultAsync<Row>(new CommandDefinition(Claim, new { now, until = now + lease }, cancellationToken: ct));
        return row is null ? null : new DueMail(row.MailId, seal.TryOpen(row.Letter), row.QueuedAt, row.Attempts);
    }

    public Task SentAsync(Guid id, CancellationToken ct) => ExecuteAsync("delete from app.mails where mail_id = @id", new { id }, ct);

    public Task PostponeAsync(Guid id, DateTimeOffset until, string error, CancellationToken ct) => ExecuteAsync(Postpone, new { id, until, error }, ct);

    public Task GiveUpAsync(Guid id, DateTimeOffset at, string error, CancellationToken ct) => ExecuteAsync(GiveUp, new { id, at, error }, ct);

    public async Task<int> ExpireAsync(DateTimeOffset queuedBefore, DateTimeOffset forgetBefore, DateTimeOffset at, CancellationToken ct)
    {
        await using var db = await dataSource.OpenConnectionAsync(ct);
        return await db.ExecuteAsync(new CommandDefinition(Expire, new { queuedBefore, forgetBefore, at }, cancellationToken: ct));
    }

    public async Task<IReadOnlyList<WaitingMail>> ListWaitingAsync(int limit, CancellationToken ct)
    {
        await using var db = await dataSource.OpenConnectionAsync(ct);
        var rows = await db.QueryAsync<Row>(new CommandDefinition(ListWaiting, new { limit }, cancellationToken: ct));
        return [.. from row in rows let letter = seal.TryOpen(row.Letter) where letter is not null select new WaitingMail(row.MailId, row.QueuedAt, letter)];
    }

    public async Task<MailBacklog> CountAsync(CancellationToken ct)
    {
        await using var db = await dataSource.OpenConnectionAsync(ct);
        return await db.QuerySingleAsync<MailBacklog>(new CommandDefinition(Count, cancellationToken: ct));
    }

    private async Task ExecuteAsync(string sql, object parameters, CancellationToken ct)
    {
        await using var db = await dataSource.OpenConnectionAsync(ct);
        await db.ExecuteAsync(new CommandDefinition(sql, parameters, cancellationToken: ct));
    }

    private sealed record Row(Guid MailId, byte[] Letter, DateTimeOffset QueuedAt, int Attempts);
}
