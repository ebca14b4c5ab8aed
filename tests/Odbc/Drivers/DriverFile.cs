namespace Gantry.Odbc.Tests.Drivers;

/// <summary>Finds drivers by the path of their library, so that no odbcinst.ini is needed.</summary>
internal static class DriverFile
{
    public const string Postgres = "psqlodbcw.so";
    public const string Sqlite = "libsqlite3odbc.so";
    public const string FreeTds = "libtdsodbc.so";

    public static string Path(string fileName) =>
        Directory.EnumerateDirectories("/usr/lib", "*-linux-gnu").Append("/usr/lib").Select(folder => $"{folder}/odbc/{fileName}").FirstOrDefault(File.Exists)
        ?? throw new InvalidOperationException(
            $"The ODBC driver {fileName} is not installed. Run: apt-get install unixodbc odbc-postgresql libsqliteodbc tdsodbc");
}
