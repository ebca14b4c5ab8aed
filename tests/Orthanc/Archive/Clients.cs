namespace Orthanc.Net.Tests;

/// <summary>Clients as the registration makes them.</summary>
internal static class Clients
{
    public static OrthancClient Of(OrthancProcess orthanc) =>
        Of(new OrthancClientOptions { BaseAddress = orthanc.Address, Username = OrthancProcess.Username, Password = OrthancProcess.Password });

    public static OrthancClient Of(OrthancClientOptions options, TimeProvider? time = null) =>
        new(new HttpClient(OrthancRegistration.CreateHandler(options)) { Timeout = Timeout.InfiniteTimeSpan }, options, time);
}
