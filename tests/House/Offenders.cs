namespace Gantry.House.Tests;

/// <summary>Names every file that breaks a rule, not only the first.</summary>
internal static class Offenders
{
    public static void None(IEnumerable<string> offenders)
    {
        var list = offenders.ToList();
        Assert.True(list.Count == 0, string.Join('\n', list));
    }
}
