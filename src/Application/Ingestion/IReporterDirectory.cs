namespace EventEngine.Application.Ingestion;

/// <summary>Where API keys are looked up.</summary>
public interface IReporterDirectory
{
    /// <returns>
    /// What is known of the valid ones among <paramref name="keys"/>; a key that was issued, but whose app the read models have not
    /// met yet, is there with null.
    /// </returns>
    /// <exception cref="ReportersUnavailableException">It can't be asked now.</exception>
    Task<IReadOnlyDictionary<KeyDigest, Reporter?>> FindAsync(IReadOnlyCollection<KeyDigest> keys, CancellationToken ct);
}

/// <summary>Whether a key is valid can't be told now; the request may be tried again.</summary>
public sealed class ReportersUnavailableException(string message, Exception? inner = null) : Exception(message, inner);
