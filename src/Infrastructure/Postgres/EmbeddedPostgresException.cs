namespace EventEngine.Infrastructure.Postgres;

/// <summary>The embedded server can't be started; the message tells the operator what to do.</summary>
public sealed class EmbeddedPostgresException(string message, Exception? cause = null) : Exception(message, cause);
