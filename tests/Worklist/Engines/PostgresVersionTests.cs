using Gantry.Worklist.Engines.Postgres;

namespace Gantry.Worklist.Tests.Engines;

public sealed class PostgresVersionTests
{
    [Theory]
    [InlineData("90624")]
    [InlineData("130016")]
    public void A_server_that_is_too_old_is_refused_with_its_version_and_the_one_that_is_needed(string number)
    {
        var refused = Assert.Throws<WorklistStoreException>(() => PostgresVersion.Require("db:5432/gantry", number));

        Assert.Equal(WorklistStoreFailure.CannotOpen, refused.Failure);
        Assert.Contains("db:5432/gantry", refused.Message, StringComparison.Ordinal);
        Assert.Contains("PostgreSQL 14 or newer is needed", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("140000")]
    [InlineData("170002")]
    [InlineData("a fork's own words")]
    public void Others_are_tried(string number) => PostgresVersion.Require("db", number);
}
