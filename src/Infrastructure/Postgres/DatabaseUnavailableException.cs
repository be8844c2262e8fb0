namespace EventEngine.Infrastructure.Postgres;

/// <summary>The database can't be reached, or can't be brought to the form that this build expects; the message is for the operator.</summary>
public sealed class DatabaseUnavailableException(Exception cause) : Exception($"The database can't be used: {cause.Message}", cause);
