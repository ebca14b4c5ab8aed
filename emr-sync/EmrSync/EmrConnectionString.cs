using System.Globalization;
using Gantry.Odbc;

namespace Gantry.EmrSync;

/// <summary>The connection string for a SQL Server through FreeTDS, as odbc-facts says it must be.</summary>
public static class EmrConnectionString
{
    /// <summary>Puts one together; values with a semicolon or a brace are quoted.</summary>
    /// <param name="driver">Name in odbcinst.ini, or the path of the driver's library.</param>
    /// <param name="server">Host name or address, without the port.</param>
    /// <param name="port">TCP port.</param>
    /// <param name="database">Name of the database.</param>
    /// <param name="user">User name; empty leaves it out.</param>
    /// <param name="password">Password.</param>
    public static string ForSqlServer(string driver, string server, int port, string database, string user, string password)
    {
        var builder = new OdbcConnectionStringBuilder { Driver = driver };
        builder["Server"] = server;
        builder["Port"] = port.ToString(CultureInfo.InvariantCulture);
        if (database.Length > 0) builder["Database"] = database;
        if (user.Length > 0)
        {
            builder["UID"] = user;
            builder["PWD"] = password;
        }
        builder["TDS_Version"] = "7.4";
        builder["ClientCharset"] = "UTF-8";
        return builder.ConnectionString;
    }
}
