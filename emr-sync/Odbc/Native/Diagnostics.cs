namespace Gantry.Odbc.Native;

/// <summary>Reads the diagnostic records that the driver manager keeps on a handle after a call that failed.</summary>
internal static class Diagnostics
{
    // A driver that keeps returning records would otherwise hold us for ever
    private const short MostRecords = 32;
    private const int StateLength = 5;

    /// <summary>The exception for a call on <paramref name="handle"/> that failed.</summary>
    /// <param name="phase">What was being done, as the beginning of a sentence: "Connecting".</param>
    /// <param name="handle">The handle the call was made on.</param>
    public static OdbcException Failure(string phase, OdbcHandle handle) => new(phase, Read(handle));

    public static unsafe List<OdbcError> Read(OdbcHandle handle)
    {
        var errors = new List<OdbcError>();
        char* state = stackalloc char[StateLength + 1];
        var text = new char[1024];
        for (short number = 1; number <= MostRecords; number++)
        {
            SqlReturn code;
            int native;
            short length;
            fixed (char* buffer = text)
                code = OdbcFunctions.SQLGetDiagRecW(handle.Kind, handle, number, state, out native, buffer, (short)text.Length, out length);
            if (!code.IsSuccess()) break;
            if (length >= text.Length && text.Length < short.MaxValue)
            {
                // Once more with room for all of it
                text = new char[short.MaxValue];
                number--;
                continue;
            }
            string message = new(text, 0, Math.Clamp((int)length, 0, text.Length - 1));
            errors.Add(new OdbcError(new string(state, 0, StateLength), native, OneLine(handle.Mask(message))));
        }
        return errors;
    }

    private static string OneLine(string text) =>
        string.Join(' ', text.TrimEnd('\0').Split(['\r', '\n', '\t'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
}
