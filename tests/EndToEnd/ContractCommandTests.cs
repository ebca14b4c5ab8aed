namespace Gantry.EndToEnd.Tests;

/// <summary>The commands of the contract against what compose/up started.</summary>
public sealed class ContractCommandTests(RunningSystem running)
    : ContractCommands(running.System.CommandAsync, running.System.Ports.Archive), IClassFixture<RunningSystem>;
