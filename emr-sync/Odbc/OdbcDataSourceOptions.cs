using System.ComponentModel.DataAnnotations;

namespace Gantry.Odbc;

/// <summary>How an <see cref="OdbcDataSource"/> keeps its connections.</summary>
public sealed class OdbcDataSourceOptions
{
    /// <summary>Most connections open at once; who wants one more waits up to <see cref="ConnectTimeout"/>. Default 8.</summary>
    [Range(1, 1000)]
    public int MaximumConnections { get; init; } = 8;

    /// <summary>How long connecting may take. Default 15 s; zero: as long as the driver wants.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>An idle connection is closed after this. Default 5 min.</summary>
    public TimeSpan IdleLifetime { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>A connection this old is not used again, so that a changed address or password is noticed. Default 1 h.</summary>
    public TimeSpan Lifetime { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Time-out of commands made on the connections, in seconds. Default 30; 0: none.</summary>
    [Range(0, 86400)]
    public int CommandTimeoutSeconds { get; init; } = OdbcCommand.DefaultTimeoutSeconds;
}
