using System.Net;
using Gantry.Sidecar.Settings;

namespace Gantry.Sidecar.Hosting;

/// <summary>Which addresses the listeners take where the settings name none.</summary>
internal static class BindAddresses
{
    /// <summary>True inside an image built for .NET, which says so; there the published ports decide who reaches us.</summary>
    public static bool InContainer { get; } = Environment.GetEnvironmentVariable("DOTNET_RUNNING_IN_CONTAINER") is "true" or "1";

    /// <summary>DICOM: every address, because modalities are elsewhere; loopback alone for a demo.</summary>
    public static IEnumerable<IPAddress> Addresses(this DicomOptions dicom, DemoOptions demo) =>
        dicom.BindAddresses.Count > 0 ? dicom.BindAddresses.Select(IPAddress.Parse)
        : [demo.Enabled && !InContainer ? IPAddress.Loopback : IPAddress.Any];

    /// <summary>Web: loopback, because the pages ask nobody to sign in unless accounts are on; every address inside a container.</summary>
    public static IEnumerable<IPAddress> Addresses(this WebOptions web) =>
        web.BindAddresses.Count > 0 ? web.BindAddresses.Select(IPAddress.Parse) : [InContainer ? IPAddress.Any : IPAddress.Loopback];
}
