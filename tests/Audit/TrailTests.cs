using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Xml.Linq;
using Gantry.Audit.Sinks;

namespace Gantry.Audit.Tests;

/// <summary>Messages arrive in files and at syslog servers, and nobody waits for them.</summary>
public sealed class TrailTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly string _folder = Directory.CreateTempSubdirectory("gantry-audit-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Each_day_has_a_file_of_its_own_with_a_message_on_each_line_which_others_may_not_read()
    {
        var clock = new MovedClock();
        await using (var first = new AuditTrail(ToFolder(), clock))
            Record(first, 2);
        clock.Days = 1;
        await using (var second = new AuditTrail(ToFolder(), clock))
            Record(second, 3);

        Assert.Equal(["audit-2026-01-05.xml", "audit-2026-01-06.xml"], Files());
        Assert.Equal(2, Lines("audit-2026-01-05.xml").Length);
        Assert.All(Lines("audit-2026-01-06.xml"), line => XElement.Parse(line));
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead, File.GetUnixFileMode(Path.Combine(_folder, "trail", "audit-2026-01-05.xml")));
    }

    [Fact]
    public async Task Two_programs_may_write_to_one_file()
    {
        await using (var one = new AuditTrail(ToFolder(), new MovedClock()))
        await using (var other = new AuditTrail(ToFolder(), new MovedClock()))
        {
            // Many batches of each, at the same time
            for (var i = 0; i < 2000; i++)
                (i % 2 == 0 ? one : other).Record(Example);
        }

        var lines = Lines(Files().Single());
        Assert.Equal(2000, lines.Length);
        Assert.All(lines, line => XElement.Parse(line));
    }

    [Fact]
    public async Task Old_files_go_when_their_days_are_over()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "trail"));
        foreach (var name in (string[])["audit-2025-12-01.xml", "audit-2025-12-30.xml", "notes.xml"])
            await File.WriteAllTextAsync(Path.Combine(_folder, "trail", name), "");

        await using (var trail = new AuditTrail(ToFolder() with { KeepDays = 10 }, new MovedClock()))
            Record(trail, 1);

        Assert.Equal(["audit-2025-12-30.xml", "audit-2026-01-05.xml", "notes.xml"], Files());
    }

    [Fact]
    public async Task A_folder_that_cannot_be_made_is_told_and_what_there_is_no_room_for_is_counted()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, "file"), "");
        var trail = new AuditTrail(ToFolder() with { Folder = Path.Combine(_folder, "file", "trail"), Room = 100 }, TimeProvider.System);
        // The first is on its way to the disk, a hundred wait
        Record(trail, 1);
        await UntilAsync(() => trail.States.Single().Trouble is not null);
        Record(trail, 150);

        var state = trail.States.Single();

        Assert.True(state is { Written: 0, Dropped: 50 }, state.ToString());
        Assert.Contains("file", state.Trouble, StringComparison.Ordinal);
        File.Delete(Path.Combine(_folder, "file"));
        await UntilAsync(() => trail.States.Single().Written == 101);
        await trail.DisposeAsync();
    }

    [Fact]
    public async Task A_datagram_is_a_message_of_RFC_5424()
    {
        using var server = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
        await using var trail = new AuditTrail(To($"udp://127.0.0.1:{((IPEndPoint)server.Client.LocalEndPoint!).Port}"), new MovedClock());

        Record(trail, 1);

        using var patience = new CancellationTokenSource(Patience);
        IsSyslog((await server.ReceiveAsync(patience.Token)).Buffer);
    }

    [Fact]
    public async Task By_TCP_each_message_says_its_length_and_a_server_that_comes_back_gets_what_waited()
    {
        using var server = new TcpListener(IPAddress.Loopback, 0);
        server.Start();
        var port = ((IPEndPoint)server.LocalEndpoint).Port;
        await using var trail = new AuditTrail(To($"tcp://127.0.0.1:{port}"), TimeProvider.System);

        Record(trail, 2);
        using (var first = await server.AcceptTcpClientAsync())
        {
            IsSyslog(await FrameAsync(first.GetStream()));
            IsSyslog(await FrameAsync(first.GetStream()));
        }
        server.Stop();
        Record(trail, 1);
        await UntilAsync(() => trail.States.Single().Trouble is not null);
        Record(trail, 1);
        using var back = new TcpListener(IPAddress.Loopback, port);
        back.Start();
        using var second = await back.AcceptTcpClientAsync();

        IsSyslog(await FrameAsync(second.GetStream()));
        IsSyslog(await FrameAsync(second.GetStream()));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task By_TLS_a_server_must_be_trusted(bool isTrusted)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        using var made = request.CreateSelfSigned(DateTimeOffset.Parse("2020-01-01Z", null), DateTimeOffset.Parse("2120-01-01Z", null));
        using var certificate = X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pkcs12), null);
        var trusted = Path.Combine(_folder, "ca.pem");
        await File.WriteAllTextAsync(trusted, certificate.ExportCertificatePem());
        using var server = new TcpListener(IPAddress.Loopback, 0);
        server.Start();
        await using var trail = new AuditTrail(
            To($"tls://localhost:{((IPEndPoint)server.LocalEndpoint).Port}") with { TrustedCertificates = isTrusted ? trusted : null }, TimeProvider.System);

        Record(trail, 1);
        using var client = await server.AcceptTcpClientAsync();
        await using var tls = new SslStream(client.GetStream());
        if (isTrusted)
        {
            await tls.AuthenticateAsServerAsync(certificate);
            IsSyslog(await FrameAsync(tls));
            return;
        }
        _ = tls.AuthenticateAsServerAsync(certificate).ContinueWith(ended => ended.Exception, TaskScheduler.Default);
        await UntilAsync(() => trail.States.Single().Trouble is not null);
        Assert.Equal(0, trail.States.Single().Written);
    }

    [Theory]
    [InlineData("udp://siem", "udp://siem:514")]
    [InlineData("tls://siem.hospital.org", "tls://siem.hospital.org:6514")]
    [InlineData("tcp://[::1]:601", "tcp://::1:601")]
    public void An_address_has_its_usual_port(string text, string address) => Assert.Equal(address, SyslogAddress.Parse(text).ToString());

    [Theory]
    [InlineData("siem")]
    [InlineData("http://siem")]
    [InlineData("udp://siem/path")]
    public void What_is_no_address_is_refused(string text) => Assert.False(AuditTrailOptions.IsSyslogAddress(text));

    [Fact]
    public async Task Without_a_place_nothing_happens()
    {
        await using var trail = new AuditTrail(new() { Source = Examples.Source }, TimeProvider.System);
        Record(trail, 1);
        Assert.False(trail.IsOn);
    }

    private static AuditMessage Example => Examples.All["query"];

    private AuditTrailOptions ToFolder() => new() { Folder = Path.Combine(_folder, "trail"), Source = Examples.Source };

    private static AuditTrailOptions To(string syslog) => new() { Syslog = syslog, Source = Examples.Source, Program = "gantry test" };

    private string[] Files() => [.. Directory.EnumerateFiles(Path.Combine(_folder, "trail")).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)];

    private string[] Lines(string name) => File.ReadAllLines(Path.Combine(_folder, "trail", name));

    private static void Record(AuditTrail trail, int count)
    {
        for (var i = 0; i < count; i++)
            trail.Record(Example);
    }

    private static void IsSyslog(byte[] message)
    {
        var text = Encoding.UTF8.GetString(message);
        // PRI, version, time, host, program, process, MSGID, no structured data, byte order mark, XML
        Assert.Matches(@"^<85>1 \d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z [!-~]{1,255} gantrytest \d+ DICOM\+RFC3881 - \uFEFF<AuditMessage>", text);
        XElement.Parse(text[(text.IndexOf('\uFEFF', StringComparison.Ordinal) + 1)..]);
    }

    private static async Task<byte[]> FrameAsync(Stream stream)
    {
        using var patience = new CancellationTokenSource(Patience);
        var length = 0;
        var one = new byte[1];
        while (true)
        {
            await stream.ReadExactlyAsync(one, patience.Token);
            if (one[0] == ' ')
                break;
            length = (length * 10) + (one[0] - '0');
        }
        var message = new byte[length];
        await stream.ReadExactlyAsync(message, patience.Token);
        return message;
    }

    private static async Task UntilAsync(Func<bool> holds)
    {
        using var patience = new CancellationTokenSource(Patience);
        using var look = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (!holds())
            Assert.True(await look.WaitForNextTickAsync(patience.Token));
    }

    private sealed class MovedClock : TimeProvider
    {
        public int Days { get; set; }

        public override DateTimeOffset GetUtcNow() => new DateTimeOffset(2026, 1, 5, 9, 0, 0, TimeSpan.Zero).AddDays(Days);
    }
}
