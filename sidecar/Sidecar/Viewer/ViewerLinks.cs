using System.Globalization;
using Gantry.Sidecar.Settings;

namespace Gantry.Sidecar.Viewer;

/// <summary>The one place that knows how a link into the viewer looks.</summary>
internal sealed class ViewerLinks(SidecarSettings settings)
{
    private readonly string _root = settings.Viewer.PublicUrl.Length > 0
        ? settings.Viewer.PublicUrl.TrimEnd('/')
        : string.Create(CultureInfo.InvariantCulture, $"{(settings.Web.Tls.IsConfigured() ? "https" : "http")}://localhost:{settings.Viewer.Port}");

    /// <summary>The address that opens a study.</summary>
    public string Study(string studyInstanceUid) => $"{_root}/viewer?StudyInstanceUIDs={Uri.EscapeDataString(studyInstanceUid)}";
}
