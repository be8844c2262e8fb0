namespace EventEngine.Application.EventStore.Copying;

/// <summary>The target is not one that this source can be copied into; nothing was written.</summary>
public sealed class CopyRefusedException(string message) : Exception(message);
