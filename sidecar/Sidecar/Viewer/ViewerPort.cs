using System.Net;
using Gantry.Sidecar.Web;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Gantry.Sidecar.Viewer;

/// <summary>
/// Marks connections that came in by the viewer's port. The mark is put on the connection itself, because a local port number
/// says nothing when the system chose it, and a Host header can say anything.
/// </summary>
internal sealed class ViewerPort
{
    private static readonly ViewerPort Mark = new();

    private ViewerPort()
    {
    }

    /// <summary>True for a request that came by the viewer's port.</summary>
    public static bool Received(HttpContext context) => context.Features.Get<ViewerPort>() is not null;

    /// <summary>Listens for the viewer, by HTTPS where there is a certificate.</summary>
    public static void Listen(KestrelServerOptions kestrel, IPAddress address, int port, WebCertificate? certificate) =>
        kestrel.Listen(address, port, listen =>
        {
            listen.Use(next => connection =>
            {
                connection.Features.Set(Mark);
                return next(connection);
            });
            certificate?.Protect(listen);
        });
}
