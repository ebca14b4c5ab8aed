namespace Gantry.Contracts;

/// <summary>The values of action_type.</summary>
public static class ActionTypes
{
    /// <summary>Put an order on the worklist.</summary>
    public const string CreateItem = "worklist.create_item";

    /// <summary>Put an order on the worklist and let the emulator do it.</summary>
    public const string CreateTestItem = "worklist.create_test_item";

    /// <summary>Take an order off the worklist.</summary>
    public const string RemoveItem = "worklist.remove_item";

    /// <summary>Set an order's status.</summary>
    public const string UpdateStatus = "worklist.update_status";

    /// <summary>Give the payload back.</summary>
    public const string Echo = "echo";

    /// <summary>Say how the gateway is.</summary>
    public const string Health = "health";
}
