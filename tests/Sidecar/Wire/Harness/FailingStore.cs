using System.Reflection;
using Gantry.Worklist;
using Microsoft.Extensions.DependencyInjection;

namespace Gantry.Sidecar.Tests.Wire;

/// <summary>
/// A store whose operations fail when a test says so; a real one cannot be made to fail at will. Public and not sealed, because
/// DispatchProxy makes an heir of it in an assembly of its own.
/// </summary>
public class FailingStore : DispatchProxy
{
    private IWorklistStore _store = null!;
    private Func<string, WorklistStoreFailure?> _fault = null!;

    /// <param name="store">The store that does the work.</param>
    /// <param name="fault">Asked before each operation, by its name.</param>
    public static IWorklistStore Around(IWorklistStore store, Func<string, WorklistStoreFailure?> fault)
    {
        var proxy = Create<IWorklistStore, FailingStore>();
        ((FailingStore)(object)proxy)._store = store;
        ((FailingStore)(object)proxy)._fault = fault;
        return proxy;
    }

    /// <summary>The same around the store that a gateway opens.</summary>
    /// <param name="services">The gateway's.</param>
    /// <param name="fault">Asked before each operation, by its name.</param>
    public static void Into(IServiceCollection services, Func<string, WorklistStoreFailure?> fault)
    {
        var open = services.Last(service => service.ServiceType == typeof(IWorklistStore)).ImplementationFactory!;
        services.AddSingleton(provider => Around((IWorklistStore)open(provider), fault));
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) =>
        _fault(targetMethod!.Name) is { } failure
            ? throw new WorklistStoreException(failure, "As the test wants it.") : targetMethod.Invoke(_store, args);
}
