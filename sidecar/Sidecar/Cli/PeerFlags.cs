using System.CommandLine;
using System.Globalization;
using Gantry.Dicom.Network;

namespace Gantry.Sidecar.Cli;

/// <summary>
/// The options that say which peer to call, as whom, and how: of the worklist, or with a prefix of the archive.
/// </summary>
internal sealed class PeerFlags
{
    private static readonly Option<double?> Timeout =
        Seconds("--timeout", "How long to wait for connection, acceptance and each reply [default: 10, 30 and 60]");
    private static readonly Option<bool> Tls = new("--tls") { Description = "Use TLS" };
    private static readonly Option<string?> TlsTrusted = new("--tls-ca")
    {
        HelpName = "FILE", Description = "PEM file of certificates that may sign the peer's (else the system's); implies --tls",
    };

    private static readonly Option<string?> TlsCertificate =
        new("--tls-cert") { HelpName = "FILE", Description = "PEM file with our certificate; implies --tls" };
    private static readonly Option<string?> TlsKey =
        new("--tls-key") { HelpName = "FILE", Description = "PEM file with its private key" };
    private static readonly Option<string?> TlsName =
        new("--tls-name") { HelpName = "NAME", Description = "Name that the peer's certificate bears, if it is not the host's" };
    private readonly Option<string?> _host;
    private readonly Option<int?> _port;
    private readonly Option<string?> _called;
    private readonly int _defaultPort;
    private readonly string _defaultCalled;

    private PeerFlags(string who, string prefix, int defaultPort, string defaultCalled)
    {
        (_defaultPort, _defaultCalled) = (defaultPort, defaultCalled);
        var isFirst = prefix.Length == 0;
        _host = new($"--{prefix}host", isFirst ? ["-H"] : [])
        {
            HelpName = "HOST", Description = $"Host of {who} [default: localhost]",
        };
        _port = new($"--{prefix}port", isFirst ? ["-p"] : [])
        {
            HelpName = "PORT", Description = $"Its DICOM port [default: {defaultPort}]",
        };
        _port.Validators.Add(result =>
        {
            foreach (var token in result.Tokens)
            {
                if (!IsPort(token.Value))
                    result.AddError($"{_port.Name} is '{token.Value}'; a port is 1 to 65535.");
            }
        });
        _called = AeTitle($"--{prefix}aet", isFirst ? ["-a"] : [], $"AE title it is called by [default: {defaultCalled}]");
    }

    /// <summary>Our own AE title.</summary>
    public static Option<string?> Calling { get; } =
        AeTitle("--calling", [], "Our AE title [default: GANTRY-CLI; for modality -m MG it is MG1]");

    /// <summary>The worklist and MPPS SCP.</summary>
    public static PeerFlags Worklist { get; } = new("the worklist", "", 4243, "ANY-SCP");

    /// <summary>The archive.</summary>
    public static PeerFlags Archive { get; } = new("the archive", "", 4242, "ORTHANC");

    /// <summary>The archive, where the worklist has the short names.</summary>
    public static PeerFlags SecondArchive { get; } = new("the archive", "pacs-", 4242, "ORTHANC");

    /// <summary>Adds the options that name this peer.</summary>
    public void AddTo(Command command)
    {
        command.Options.Add(_host);
        command.Options.Add(_port);
        command.Options.Add(_called);
    }

    /// <summary>Adds our own AE title, the time-out and TLS, which hold for every peer of a command.</summary>
    public static void AddConnectionTo(Command command)
    {
        foreach (var option in new Option[] { Calling, Timeout, Tls, TlsTrusted, TlsCertificate, TlsKey, TlsName })
            command.Options.Add(option);
    }

    /// <summary>Whom to call; the contexts are the caller's to set.</summary>
    /// <param name="arguments">What was typed.</param>
    /// <param name="calling">Our AE title where none was typed.</param>
    /// <param name="host">The host where none was typed.</param>
    /// <param name="port">The port where none was typed.</param>
    /// <exception cref="ArgumentException">A TLS file cannot be used.</exception>
    public DicomClientOptions Read(ParseResult arguments, string calling = "GANTRY-CLI", string? host = null, int? port = null)
    {
        var options = new DicomClientOptions
        {
            Host = arguments.GetValue(_host) ?? host ?? "localhost",
            Port = arguments.GetValue(_port) ?? port ?? _defaultPort,
            CalledAeTitle = arguments.GetValue(_called) ?? _defaultCalled,
            CallingAeTitle = arguments.GetValue(Calling) ?? calling,
        };
        if (arguments.GetValue(Timeout) is { } seconds)
            options.ConnectTimeout = options.AssociateTimeout = options.ResponseTimeout = TimeSpan.FromSeconds(seconds);
        var (trusted, certificate, key) =
            (arguments.GetValue(TlsTrusted), arguments.GetValue(TlsCertificate), arguments.GetValue(TlsKey));
        if (arguments.GetValue(Tls) || trusted is not null || certificate is not null)
            options.Tls = DicomTls.ClientOptions(arguments.GetValue(TlsName) ?? options.Host, trusted, certificate, key);
        return options;
    }

    /// <summary>True for a port's number.</summary>
    public static bool IsPort(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is >= 1 and <= 65535;

    /// <summary>An option for a number of seconds, above 0 and at most a day.</summary>
    public static Option<double?> Seconds(string name, string description)
    {
        var option = new Option<double?>(name) { HelpName = "SECONDS", Description = description };
        option.Validators.Add(result =>
        {
            foreach (var token in result.Tokens)
            {
                var isNumber = double.TryParse(token.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds);
                if (!isNumber || seconds is not (> 0 and <= 86400))
                    result.AddError($"{name} is '{token.Value}'; a number of seconds above 0, at most 86400, is wanted.");
            }
        });
        return option;
    }

    private static Option<string?> AeTitle(string name, string[] aliases, string description)
    {
        var option = new Option<string?>(name, aliases) { HelpName = "AET", Description = description };
        option.Validators.Add(result =>
        {
            foreach (var token in result.Tokens)
            {
                var text = token.Value;
                if (text.Length > 16 || text.Trim().Length == 0 || text.Any(c => c is < ' ' or > '~' or '\\'))
                    result.AddError(
                        $"{name} is '{token.Value}'; an AE title has 1 to 16 printable ASCII characters without a backslash.");
            }
        });
        return option;
    }
}
