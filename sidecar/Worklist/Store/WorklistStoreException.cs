namespace Gantry.Worklist;

/// <summary>What kind of trouble the store is in.</summary>
public enum WorklistStoreFailure
{
    /// <summary>The file, folder or server cannot be opened or reached.</summary>
    CannotOpen,

    /// <summary>The file is there but is not a worklist store, or is damaged.</summary>
    NotAStore,

    /// <summary>The store was written by a newer version of this program.</summary>
    NewerVersion,

    /// <summary>The file or folder may not be written.</summary>
    ReadOnly,

    /// <summary>The disk is full.</summary>
    DiskFull,

    /// <summary>Another program held the store for longer than the busy time-out.</summary>
    Busy,

    /// <summary>A value was refused by the store, for example text that it cannot hold.</summary>
    InvalidValue,

    /// <summary>Anything else; the message says what.</summary>
    Other,
}

/// <summary>
/// The store cannot do what was asked. The message names the store, the trouble and the way out, without patient data.
/// </summary>
public sealed class WorklistStoreException : Exception
{
    /// <summary>Makes one.</summary>
    /// <param name="failure">What kind of trouble.</param>
    /// <param name="message">The store, the trouble, the way out.</param>
    /// <param name="inner">What the engine said.</param>
    public WorklistStoreException(WorklistStoreFailure failure, string message, Exception? inner = null) : base(message, inner) =>
        Failure = failure;

    /// <summary>What kind of trouble.</summary>
    public WorklistStoreFailure Failure { get; }
}
