using System.Reflection;
using Microsoft.Extensions.Logging;

namespace Gantry.Sidecar.Tests;

public sealed class LogTests
{
    [Fact]
    public void Every_log_line_has_an_id_of_its_own_in_the_sidecars_range()
    {
        var ids = typeof(Log).GetMethods(BindingFlags.Public | BindingFlags.Static)
            .Select(method => method.GetCustomAttribute<LoggerMessageAttribute>()?.EventId).OfType<int>().ToList();
        Assert.NotEmpty(ids);
        Assert.Equal(ids.Count, ids.Distinct().Count());
        Assert.All(ids, id => Assert.InRange(id, 3000, 3999));
    }
}
