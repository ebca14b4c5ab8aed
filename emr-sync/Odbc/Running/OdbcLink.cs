using Gantry.Odbc.Native;

namespace Gantry.Odbc.Running;

/// <summary>
/// A physical connection: what a pool keeps while <see cref="OdbcConnection"/> objects come and go.
/// </summary>
internal sealed unsafe class OdbcLink : IDisposable
{
    private const ushort NoPrompt = 0;
    private const short NullTerminated = -3;
    private const uint IsDeadValue = 1;

    private OdbcLink(ConnectionHandle handle) => Handle = handle;

    public ConnectionHandle Handle { get; }

    /// <summary>Nothing can be done on it any more.</summary>
    public bool IsBroken { get; private set; }

    /// <summary>Must not be handed to the next user: a cancel may still be on its way to the server, or a time-out left it in doubt.</summary>
    public bool IsSpoiled { get; private set; }

    /// <summary>A native call is still running on a thread that nobody waits for; nothing more may be called on it.</summary>
    public bool IsAbandoned { get; private set; }

    /// <summary>Time stamps of the pool's TimeProvider: when it was opened, and when it was given back.</summary>
    public long OpenedAt { get; init; }

    public long IdleSince { get; set; }

    /// <summary>Connects. Blocks as long as the driver does.</summary>
    /// <exception cref="OdbcException">It did not work.</exception>
    public static OdbcLink Open(string connectionString, TimeSpan loginTimeout, long now)
    {
        var handle = new ConnectionHandle(connectionString);
        Utf8Locale.Ensure();
        try
        {
            // Not every driver has it; the caller watches the clock too
            OdbcFunctions.SQLSetConnectAttrW(handle, ConnectionAttribute.LoginTimeout, (nint)Math.Ceiling(loginTimeout.TotalSeconds), 0);
            const int Capacity = 1024;
            char* completed = stackalloc char[Capacity];
            SqlReturn code;
            fixed (char* text = connectionString)
            {
                code = OdbcFunctions.SQLDriverConnectW(handle, 0, text, NullTerminated,
                    completed, Capacity, out _, NoPrompt);
            }
            if (!code.IsSuccess()) throw Diagnostics.Failure("Connecting", handle);
            handle.IsConnected = true;
            return new OdbcLink(handle) { OpenedAt = now };
        }
        catch
        {
            handle.Dispose();
            throw;
        }
    }

    /// <summary>Asks the driver, without traffic, whether it knows the connection to be gone.</summary>
    public bool IsDead()
    {
        if (IsBroken || IsAbandoned || Handle.IsClosed) return true;
        uint dead = 0;
        // SQL_ATTR_CONNECTION_DEAD is unknown to some drivers; then it is taken to live
        SqlReturn code = OdbcFunctions.SQLGetConnectAttrW(Handle, ConnectionAttribute.Dead, &dead, sizeof(uint), out _);
        return code.IsSuccess() && dead == IsDeadValue;
    }

    /// <summary>Learns from a failure whether the connection can still be used, and by the next user (odbc-facts 1, 3 and 5).</summary>
    public void Learn(OdbcException failure)
    {
        failure.IsDead |= IsDead();
        // 24000 without an open reader of ours: FreeTDS after a failed conversion, for good
        if (failure.IsConnectionLost || failure.Has("24000")) IsBroken = true;
        if (failure.IsTimeout) IsSpoiled = true;
    }

    public void Spoil() => IsSpoiled = true;

    /// <summary>Gives up waiting for a call that does not come back; the handles are freed when it does.</summary>
    public void Abandon(Task call)
    {
        IsAbandoned = IsBroken = true;
        _ = call.ContinueWith(static (done, link) =>
        {
            _ = done.Exception;
            ((OdbcLink)link!).Dispose();
        }, this, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
    }

    public void SetAttribute(ConnectionAttribute attribute, nint value, string phase)
    {
        const int IsUnsignedInteger = -5;
        if (!OdbcFunctions.SQLSetConnectAttrW(Handle, attribute, value, IsUnsignedInteger).IsSuccess()) throw Failure(phase);
    }

    public void SetAttribute(ConnectionAttribute attribute, string value, string phase)
    {
        fixed (char* text = value)
        {
            if (!OdbcFunctions.SQLSetConnectAttrW(Handle, attribute, (nint)text, value.Length * sizeof(char)).IsSuccess())
                throw Failure(phase);
        }
    }

    public uint? GetAttribute(ConnectionAttribute attribute)
    {
        uint value = 0;
        return OdbcFunctions.SQLGetConnectAttrW(Handle, attribute, &value, sizeof(uint), out _).IsSuccess() ? value : null;
    }

    /// <summary>A text of SQLGetInfo; empty if the driver has none.</summary>
    public string Info(InfoKind kind)
    {
        if (IsAbandoned) return "";
        const int Capacity = 256;
        char* text = stackalloc char[Capacity];
        if (!OdbcFunctions.SQLGetInfoW(Handle, kind, text, Capacity * sizeof(char), out short bytes).IsSuccess()) return "";
        return new string(text, 0, Math.Clamp(bytes / sizeof(char), 0, Capacity - 1)).TrimEnd('\0');
    }

    public OdbcException Failure(string phase)
    {
        OdbcException failure = Diagnostics.Failure(phase, Handle);
        Learn(failure);
        return failure;
    }

    public void Dispose() => Handle.Dispose();
}
