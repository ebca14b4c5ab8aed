namespace Gantry.Dicom.Network;

/// <summary>Which service serves which SOP class.</summary>
internal sealed class ServiceRegistry
{
    private readonly Dictionary<string, SopClassService> _byUid = new(StringComparer.Ordinal);

    /// <exception cref="ArgumentException">A SOP class has two services, or one names none.</exception>
    public ServiceRegistry(IEnumerable<SopClassService> services)
    {
        foreach (var service in services)
        {
            if (service.SopClassUids.Count == 0) throw new ArgumentException($"{service.GetType().Name} names no SOP class.");
            foreach (var uid in service.SopClassUids)
            {
                if (!_byUid.TryAdd(uid, service))
                    throw new ArgumentException(
                        $"SOP class {uid} has two services: {_byUid[uid].GetType().Name} and {service.GetType().Name}.");
            }
        }
    }

    public SopClassService? Find(string sopClassUid) => _byUid.GetValueOrDefault(sopClassUid);
}
