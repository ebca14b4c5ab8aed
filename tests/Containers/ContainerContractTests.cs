namespace Gantry.Containers.Tests;

/// <summary>The commands of the contract, word for word, against the published ports.</summary>
[Collection(StartedContainers.Name), Trait("Category", StartedContainers.Category)]
public sealed class ContainerContractTests(ContainerSystem containers)
    // Inside its container the archive's port is always this one
    : ContractCommands(containers.CommandAsync, 4242);
