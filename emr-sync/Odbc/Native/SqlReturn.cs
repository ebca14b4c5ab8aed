namespace Gantry.Odbc.Native;

/// <summary>What every ODBC function answers (SQLRETURN).</summary>
internal enum SqlReturn : short
{
    InvalidHandle = -2,
    Error = -1,
    Success = 0,
    SuccessWithInfo = 1,
    StillExecuting = 2,
    NeedData = 99,
    NoData = 100,
}

internal static class SqlReturns
{
    public static bool IsSuccess(this SqlReturn code) => code is SqlReturn.Success or SqlReturn.SuccessWithInfo;
}
