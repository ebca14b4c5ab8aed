using System.Runtime.InteropServices;

namespace Gantry.Odbc.Native;

/// <summary>
/// A handle of the driver manager. A child keeps its parent alive (statement, connection, environment), so whatever order
/// the owners dispose them in, the driver manager sees them freed from the leaves up. A handle in use by a native call on
/// another thread is freed when that call returns.
/// </summary>
internal abstract class OdbcHandle : SafeHandle
{
    private static long _live;
    private readonly OdbcHandle? _parent;

    protected OdbcHandle(HandleKind kind, OdbcHandle? parent)
        : base(0, ownsHandle: true)
    {
        Kind = kind;
        bool held = false;
        try
        {
            parent?.DangerousAddRef(ref held);
            SqlReturn code = OdbcFunctions.SQLAllocHandle(kind, parent?.handle ?? 0, out nint allocated);
            if (!code.IsSuccess())
                throw parent is null ? new OdbcException("The ODBC driver manager gave no environment.")
                    : Diagnostics.Failure($"Getting a {kind} handle", parent);
            SetHandle(allocated);
            Interlocked.Increment(ref _live);
            _parent = parent;
            held = false;
        }
        finally
        {
            if (held) parent!.DangerousRelease();
        }
    }

    /// <summary>How many handles of all kinds this process has open; tests count them.</summary>
    public static long Live => Interlocked.Read(ref _live);

    public HandleKind Kind { get; }

    public sealed override bool IsInvalid => handle == 0;

    /// <summary>A driver's text without the secrets of the connection it came over.</summary>
    public virtual string Mask(string text) => _parent?.Mask(text) ?? text;

    protected sealed override bool ReleaseHandle()
    {
        BeforeFree(handle);
        SqlReturn code = OdbcFunctions.SQLFreeHandle(Kind, handle);
        Interlocked.Decrement(ref _live);
        _parent?.DangerousRelease();
        return code.IsSuccess();
    }

    /// <summary>What has to be undone before the handle is freed.</summary>
    protected virtual void BeforeFree(nint value)
    {
    }
}
