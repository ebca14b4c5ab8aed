namespace Gantry.Odbc.Tests.Parts;

public sealed class ConnectionStringTests
{
    [Theory]
    [InlineData("Driver=x;UID=u;PWD=geheim", "Driver=x;UID=u;PWD=***")]
    [InlineData("pwd = geheim ;UID=u", "pwd = ***;UID=u")]
    [InlineData("Password={a;b}}c;d};UID=u", "Password=***;UID=u")]
    [InlineData("PWD={never closed;UID=u", "PWD=***")]
    [InlineData("PWD=a;Password=b", "PWD=***;Password=***")]
    [InlineData("Server=x", "Server=x")]
    [InlineData(null, "")]
    public void Secrets_are_masked(string? connectionString, string expected) =>
        Assert.Equal(expected, OdbcConnectionStringBuilder.Mask(connectionString));

    [Fact]
    public void A_drivers_text_loses_the_secret_wherever_it_stands()
    {
        const string ConnectionString = "UID=u;PWD={ge}}heim}";

        Assert.Equal("login with '***' failed", OdbcConnectionStringBuilder.Mask("login with 'ge}heim' failed", ConnectionString));
        Assert.Equal("cannot parse UID=u;PWD=***", OdbcConnectionStringBuilder.Mask($"cannot parse {ConnectionString}", ConnectionString));
        Assert.Equal("a text", OdbcConnectionStringBuilder.Mask("a text", "PWD=a"));
    }

    [Fact]
    public void A_driver_with_odd_characters_is_put_into_braces()
    {
        var builder = new OdbcConnectionStringBuilder { Driver = "ODBC Driver 18 for SQL Server" };
        builder["Server"] = "host,1433";

        var read = new OdbcConnectionStringBuilder(builder.ConnectionString);

        Assert.Equal("ODBC Driver 18 for SQL Server", read.Driver);
        Assert.Equal("host,1433", read["Server"]);
        Assert.Equal("", read.Dsn);
    }

    [Fact]
    public void A_lost_connection_a_time_out_and_a_deadlock_may_be_tried_again()
    {
        Assert.True(Failure("08S01").IsTransient);
        Assert.True(Failure("57P01").IsConnectionLost);
        Assert.True(Failure("HYT00").IsTransient);
        Assert.True(Failure("40001").IsTransient);
        Assert.False(Failure("42S02").IsTransient);
    }

    [Theory]
    [InlineData("42000", 18456, "PWD")]
    [InlineData("28000", 18456, "PWD")]
    [InlineData("08004", 4060, "DATABASE")]
    [InlineData("08S01", 20009, "SERVER")]
    [InlineData("HYT00", 0, "in time")]
    [InlineData("42S02", 208, "table")]
    [InlineData("42S22", 207, "column")]
    [InlineData("42000", 229, "grant")]
    [InlineData("IM002", 0, "Driver=")]
    public void What_SQL_Server_says_becomes_advice(string state, int native, string advice) =>
        Assert.Contains(advice, new OdbcException("Connecting", [new OdbcError(state, native, "text")]).Message, StringComparison.Ordinal);

    private static OdbcException Failure(string state) => new("Running the statement", [new OdbcError(state, 0, "text")]);
}
