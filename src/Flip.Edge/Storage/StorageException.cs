namespace Flip.Edge.Storage;

/// <summary>The outbox can't be used; the message says why and what to do.</summary>
internal sealed class StorageException(string message, Exception? innerException = null) : Exception(message, innerException);
