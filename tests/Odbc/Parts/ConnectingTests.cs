using System.Net;
using System.Net.Sockets;
using Gantry.Odbc.Native;

namespace Gantry.Odbc.Tests.Parts;

/// <summary>Connecting to what is not there, or does not answer. None of it needs a server.</summary>
public sealed class ConnectingTests
{
    [Theory]
    [InlineData("Driver={No Such Driver};UID=u;PWD=geheim", "Driver=")]
    [InlineData("Driver={/no/such/driver.so};UID=u;PWD=geheim", "Driver=")]
    [InlineData("DSN=no_such_data_source;UID=u;PWD=geheim", "DSN=")]
    public async Task A_wrong_driver_is_told_as_what_to_change(string connectionString, string advice)
    {
        await using var connection = new OdbcConnection(connectionString);

        OdbcException failure = await Assert.ThrowsAsync<OdbcException>(() => connection.OpenAsync());

        Assert.Contains(advice, failure.Advice, StringComparison.Ordinal);
        Assert.StartsWith("Connecting failed", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("geheim", failure.ToString(), StringComparison.Ordinal);
        Assert.Equal(System.Data.ConnectionState.Closed, connection.State);
    }

    [Theory]
    [InlineData(DriverFile.FreeTds)]
    [InlineData(DriverFile.Postgres)]
    public async Task A_closed_port_is_told_as_a_server_that_cannot_be_reached(string driver)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        string connectionString = To(driver, listener);
        listener.Stop();
        await using var connection = new OdbcConnection(connectionString);

        OdbcException failure = await Assert.ThrowsAsync<OdbcException>(() => connection.OpenAsync());

        Assert.True(failure.IsConnectionLost);
        Assert.Contains("SERVER", failure.Advice, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(DriverFile.FreeTds)]
    [InlineData(DriverFile.Postgres)]
    public async Task A_server_that_takes_the_call_and_says_nothing_holds_nobody(string driver)
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        await using var hanging = new OdbcConnection(To(driver, silent)) { LoginTimeout = TimeSpan.FromSeconds(2) };
        Task opening = hanging.OpenAsync();

        // Others connect meanwhile
        await using var sqlite = new OdbcConnection($"Driver={{{DriverFile.Path(DriverFile.Sqlite)}}};Database=:memory:");
        await sqlite.OpenAsync();
        Assert.False(opening.IsCompleted);

        OdbcException failure = await Assert.ThrowsAsync<OdbcException>(() => opening);
        Assert.True(failure.IsTransient);
        Assert.Equal(System.Data.ConnectionState.Closed, hanging.State);
    }

    [Fact]
    public async Task Who_gives_up_connecting_is_free_at_once()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        await using var source = new OdbcDataSource(To(DriverFile.Postgres, silent));
        using var cancellation = new CancellationTokenSource();
        Task<OdbcConnection> opening = source.OpenConnectionAsync(cancellation.Token).AsTask();
        using TcpClient reached = await silent.AcceptTcpClientAsync();

        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => opening);
        Assert.Equal(0, source.RentedCount);
    }

    [Fact]
    public void A_missing_driver_manager_is_told_with_how_to_install_it()
    {
        OdbcException failure = Assert.Throws<OdbcException>(() => DriverManagerLibrary.Load(["libno-such-manager.so.2"]));

        Assert.Contains("apt-get install unixodbc", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_connection_without_a_string_says_so() => Assert.Throws<InvalidOperationException>(() => new OdbcConnection().Open());

    private static string To(string driver, TcpListener listener) =>
        $"Driver={{{DriverFile.Path(driver)}}};Server=127.0.0.1;Port={((IPEndPoint)listener.LocalEndpoint).Port};Database=x;UID=u;PWD=geheim;TDS_Version=7.4";
}
