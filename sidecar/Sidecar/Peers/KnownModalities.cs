using System.Net;
using System.Net.Sockets;
using Gantry.Sidecar.Settings;

namespace Gantry.Sidecar.Peers;

/// <summary>
/// The modalities of orthanc.json with their addresses. Host names are resolved at the start and every five minutes; a name
/// that cannot be resolved keeps the addresses it had. Works only where checking needs it.
/// </summary>
internal sealed class KnownModalities(SidecarSettings settings, TimeProvider time, ILogger<KnownModalities> logger) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(5);
    private readonly AeTitleComparer _titles = AeTitleComparer.For(settings.Dicom);
    private readonly IPAddress[]?[] _addresses = [.. settings.Dicom.Modalities.Select(Literal)];

    /// <summary>The entries that bear an AE title, by place in <see cref="DicomOptions.Modalities"/>.</summary>
    public IEnumerable<ModalityOptions> Find(string aeTitle) =>
        settings.Dicom.Modalities.Where(modality => _titles.Equals(modality.AeTitle, aeTitle));

    /// <summary>True if a modality is known to be at an address.</summary>
    public bool IsAt(ModalityOptions modality, IPAddress address)
    {
        var place = settings.Dicom.Modalities.ToList().IndexOf(modality);
        return Volatile.Read(ref _addresses[place])?.Any(known => Same(known, address)) is true;
    }

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await ResolveAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!NeedsNames)
            return;
        using var timer = new PeriodicTimer(Pause, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
            await ResolveAsync(stoppingToken);
    }

    private bool NeedsNames =>
        settings.Dicom.CheckModalityHost && settings.Dicom.Modalities.Any(modality => Literal(modality) is null);

    private async Task ResolveAsync(CancellationToken cancellationToken)
    {
        if (!NeedsNames)
            return;
        foreach (var (place, modality) in settings.Dicom.Modalities.Index())
        {
            if (Literal(modality) is not null)
                continue;
            try
            {
                Volatile.Write(ref _addresses[place], await Dns.GetHostAddressesAsync(modality.Host, cancellationToken));
            }
            // A name of more than 255 characters is an argument that the resolver refuses
            catch (Exception error) when (error is SocketException or ArgumentException)
            {
                Log.HostUnresolved(logger, modality.Host, modality.Name, error.Message);
            }
        }
    }

    private static IPAddress[]? Literal(ModalityOptions modality) =>
        IPAddress.TryParse(modality.Host, out var address) ? [address] : null;

    private static bool Same(IPAddress known, IPAddress given) =>
        known.Equals(given) || (IPAddress.IsLoopback(known) && IPAddress.IsLoopback(given));
}
