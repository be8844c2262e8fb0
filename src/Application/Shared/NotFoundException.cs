namespace EventEngine.Application.Shared;

/// <summary>There is no such thing, or it is not the caller's: the two are never told apart.</summary>
public sealed class NotFoundException(string what) : Exception($"There is no such {what}.");
