namespace EventEngine.Application.Ingestion;

/// <summary>The body is not <c>{"entries":[…]}</c>; the message says what is wrong with it.</summary>
public sealed class NotABatchException(string message) : Exception(message);

/// <summary>More entries than one request may carry.</summary>
public sealed class TooManyEntriesException() : Exception($"A batch may have at most {BatchReader.MaxEntries:N0} entries.");
