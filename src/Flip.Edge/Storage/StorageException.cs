namespace Flip.Edge.Storage;

/// <summary>The outbox can't be used; the message says why and what to do.</summary>
internal sealed class StorageException(string message, Exception? innerException = null) : Exception(message, innerException);

/// <summary>The file is there and is not what this version wrote; the message says what was found, without quoting it.</summary>
internal sealed class DamagedDatabaseException(string message, Exception? innerException = null) : Exception(message, innerException);
