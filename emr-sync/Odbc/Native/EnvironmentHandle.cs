namespace Gantry.Odbc.Native;

/// <summary>The one environment of the process (odbc-facts 6). It lives as long as the process does.</summary>
internal sealed class EnvironmentHandle : OdbcHandle
{
    private const int OdbcVersion = 200;
    private const int Version3 = 3;

    private static readonly Lazy<EnvironmentHandle> Only = new(static () => new EnvironmentHandle());

    internal EnvironmentHandle()
        : base(HandleKind.Environment, parent: null)
    {
        // Version 3: the least that knows the date types 91 to 93 and SQLSTATEs as the standard has them; all drivers speak it
        if (!OdbcFunctions.SQLSetEnvAttr(this, OdbcVersion, Version3, 0).IsSuccess())
            throw Diagnostics.Failure("Choosing ODBC 3", this);
    }

    public static EnvironmentHandle Shared
    {
        get
        {
            DriverManagerLibrary.Require();
            return Only.Value;
        }
    }
}
