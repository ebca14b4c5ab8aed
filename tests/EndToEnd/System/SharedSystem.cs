namespace Gantry.EndToEnd.Tests;

/// <summary>
/// One started system for several classes, whose tests then run one after the other. A test there makes its own orders and
/// looks for those alone.
/// </summary>
[CollectionDefinition(Name)]
public sealed class SharedSystem : ICollectionFixture<RunningSystem>
{
    public const string Name = "one started system";
}
