using System.Net;
using System.Net.Sockets;
using Gantry.Dicom.Network;

namespace Gantry.Dicom.Tests.Network;

public sealed class ClientTests
{
    private static DicomClientOptions To(DicomListener listener, params string[] sopClasses) => new()
    {
        Host = "127.0.0.1",
        Port = listener.Port(),
        Contexts = [.. sopClasses.Select(s => new ProposedContext(s))],
    };

    private static DicomDataset Patient(string name) => new DicomDataset().Set(DicomTags.PatientName, name);

    [Fact]
    public async Task Every_normalized_service_reaches_its_method_and_comes_back()
    {
        var seen = new List<(DimseCommand, string, string?, string?, ushort?, ushort?, int)>();
        await using var listener = await Listening.WithAsync(new ServiceStub(ServiceStub.Mpps)
        {
            Any = (request, _) =>
            {
                seen.Add((
                    request.Command, request.SopClassUid, request.SopInstanceUid, request.ReadDataset().GetString(
                        DicomTags.PatientName),
                    request.ActionTypeId, request.EventTypeId, request.AttributeIdentifierList.Count));
                return new(new DimseResponse(DimseStatus.AttributeListError)
                {
                    Dataset = Patient("ANSWER"), AffectedSopInstanceUid = "1.9", AttributeList = [DicomTags.PatientID],
                });
            },
        });
        await using var client = await DicomClient.ConnectAsync(To(listener, ServiceStub.Mpps));
        foreach (var response in new[]
        {
            await client.CreateAsync(ServiceStub.Mpps, null, Patient("A")),
            await client.SetAsync(ServiceStub.Mpps, "1.2", Patient("B")),
            await client.GetAsync(ServiceStub.Mpps, "1.2", [DicomTags.PatientName, DicomTags.PatientID]),
            await client.ActionAsync(ServiceStub.Mpps, "1.2", 3, Patient("C")),
            await client.EventReportAsync(ServiceStub.Mpps, "1.2", 4, null),
            await client.DeleteAsync(ServiceStub.Mpps, "1.2"),
        })
        {
            Assert.Equal((DimseStatus.AttributeListError, "1.9", "ANSWER"),
                (response.Status, response.AffectedSopInstanceUid, response.Dataset!.GetString(DicomTags.PatientName)));
            Assert.Equal([DicomTags.PatientID], response.AttributeList);
            Assert.Same(response, response.EnsureSuccess()); // a warning
        }
        Assert.Equal(
        [
            (DimseCommand.NCreate, ServiceStub.Mpps, null, "A", null, null, 0),
            (DimseCommand.NSet, ServiceStub.Mpps, "1.2", "B", null, null, 0),
            (DimseCommand.NGet, ServiceStub.Mpps, "1.2", null, null, null, 2),
            (DimseCommand.NAction, ServiceStub.Mpps, "1.2", "C", (ushort?)3, null, 0),
            (DimseCommand.NEventReport, ServiceStub.Mpps, "1.2", null, null, (ushort?)4, 0),
            (DimseCommand.NDelete, ServiceStub.Mpps, "1.2", null, null, null, 0),
        ], seen);
        await client.ReleaseAsync();
        await listener.HasNoAssociationAsync();
    }

    [Theory]
    [InlineData(10)]
    [InlineData(3_000_000)]
    public async Task A_file_is_stored_whole_in_fragments(int bytes)
    {
        byte[]? stored = null;
        await using var listener = await Listening.WithAsync(new ServiceStub(ServiceStub.CtImage)
        {
            Any = (request, _) =>
            {
                stored = request.ReadDataset().GetBytes(DicomTags.PixelData).ToArray();
                return new(DimseResponse.Success);
            },
        });
        var pixels = new byte[bytes];
        new Random(1).NextBytes(pixels);
        var file = new DicomFile(
            new DicomDataset().Set(DicomTags.SOPClassUID, ServiceStub.CtImage).Set(DicomTags.SOPInstanceUID, "1.2.3")
                .SetBytes(DicomTags.PixelData, DicomVr.OW, pixels),
            TransferSyntax.ImplicitVrLittleEndian);
        await using var client = await DicomClient.ConnectAsync(To(listener, ServiceStub.CtImage));
        Assert.Equal(DimseStatus.Success, (await client.StoreAsync(file)).Status);
        Assert.Equal(pixels, stored);
    }

    [Fact]
    public async Task Matches_stream_in_and_leaving_early_cancels()
    {
        var cancelled = new TaskCompletionSource();
        await using var listener = await Listening.WithAsync(new ServiceStub(ServiceStub.Worklist)
        {
            Find = async (request, responses, token) =>
            {
                var count = request.ReadDataset().GetString(DicomTags.PatientName) == "FEW" ? 3 : int.MaxValue;
                for (var i = 0; i < count && !responses.IsCancelled; i++)
                {
                    Patient($"P{i}").Write(responses, request.TransferSyntax);
                    responses.Commit();
                    await responses.FlushIfFullAsync(token);
                }
                if (!responses.IsCancelled) return DimseResponse.Success;
                cancelled.TrySetResult();
                return new DimseResponse(DimseStatus.Cancel);
            },
        });
        await using var client =
            await DicomClient.ConnectAsync(To(listener, VerificationService.SopClassUid, ServiceStub.Worklist));
        var names = new List<string?>();
        await foreach (var match in client.FindAsync(ServiceStub.Worklist, Patient("FEW")))
            names.Add(match.GetString(DicomTags.PatientName));
        Assert.Equal(["P0", "P1", "P2"], names);
        await foreach (var _ in client.FindAsync(ServiceStub.Worklist, Patient("MANY"))) break;
        await cancelled.Task;
        Assert.Equal(DimseStatus.Success, (await client.EchoAsync()).Status);
    }

    [Fact]
    public async Task A_failed_find_throws_its_status()
    {
        await using var listener = await Listening.WithAsync(new ServiceStub(ServiceStub.Worklist)
        {
            Find = (_, _, _) => throw new DimseException(0xA900, "More than one item"),
        });
        await using var client = await DicomClient.ConnectAsync(To(listener, ServiceStub.Worklist));
        var error = await Assert.ThrowsAsync<DimseException>(async () =>
        {
            await foreach (var _ in client.FindAsync(ServiceStub.Worklist, Patient("X"))) { }
        });
        Assert.Equal((0xA900, "More than one item"), (error.Status, error.Response.ErrorComment));
        await client.ReleaseAsync();
    }

    [Fact]
    public async Task Tls_works_both_ways_with_client_certificates_and_a_stranger_is_refused()
    {
        using var ours = new Certificates();
        using var strangers = new Certificates();
        var server = ours.Sign("server");
        var modality = ours.Sign("modality");
        var stranger = strangers.Sign("stranger");
        await using var listener = await Listening.WithAsync(
            o => o.Tls = DicomTls.ServerOptions(server.Certificate, server.Key, ours.Trusted), null, null,
            new ServiceStub(ServiceStub.Worklist)
            {
                Find = async (request, responses, token) =>
                {
                    for (var i = 0; i < 20_000; i++)
                    {
                        Patient($"P{i}").Write(responses, request.TransferSyntax);
                        responses.Commit();
                        await responses.FlushIfFullAsync(token);
                    }
                    return DimseResponse.Success;
                },
            });

        DicomClientOptions With(System.Net.Security.SslClientAuthenticationOptions? tls)
        {
            var options = To(listener, VerificationService.SopClassUid, ServiceStub.Worklist);
            options.Tls = tls;
            return options;
        }

        var trusted = DicomTls.ClientOptions("localhost", ours.Trusted, modality.Certificate, modality.Key);
        await using (var client = await DicomClient.ConnectAsync(With(trusted)))
        {
            Assert.Equal(DimseStatus.Success, (await client.EchoAsync()).Status);
            var count = 0;
            await foreach (var match in client.FindAsync(ServiceStub.Worklist, Patient("ALL")))
                Assert.Equal($"P{count++}", match.GetString(DicomTags.PatientName));
            Assert.Equal(20_000, count);
            await client.ReleaseAsync();
        }
        var wrongAuthority = await Assert.ThrowsAsync<DicomNetworkException>(() => DicomClient.ConnectAsync(
            With(DicomTls.ClientOptions("localhost", strangers.Trusted, modality.Certificate, modality.Key))));
        Assert.Equal(NetworkPhase.Tls, wrongAuthority.Phase);
        foreach (var refused in new[]
        {
            DicomTls.ClientOptions("localhost", ours.Trusted),
            DicomTls.ClientOptions("localhost", ours.Trusted, stranger.Certificate, stranger.Key),
        })
        {
            // TLS 1.3 tells the client only after its own handshake is done, so it may fail one phase later
            var error = await Assert.ThrowsAsync<DicomNetworkException>(() => DicomClient.ConnectAsync(With(refused)));
            Assert.True(error.Phase is NetworkPhase.Tls or NetworkPhase.Associate, error.Message);
        }
        Assert.Equal(1, listener.Counters.AssociationsAccepted);
    }

    [Fact]
    public void Tls_settings_that_cannot_work_name_file_and_reason()
    {
        using var ours = new Certificates();
        var (certificate, key) = ours.Sign("server");
        var other = ours.Sign("other");
        File.WriteAllText(ours.Path("empty.pem"), "");
        Names(ours.Path("none.pem"), () => DicomTls.ServerOptions(ours.Path("none.pem"), key));
        Names(ours.Path("empty.pem"), () => DicomTls.ServerOptions(ours.Path("empty.pem"), key));
        Names(other.Key, () => DicomTls.ServerOptions(certificate, other.Key));
        Names(certificate, () => DicomTls.ServerOptions(certificate, certificate));
        Names(ours.Path("empty.pem"), () => DicomTls.ServerOptions(certificate, key, ours.Path("empty.pem")));
        Names(certificate, () => DicomTls.ClientOptions("localhost", null, certificate));

        static void Names(string file, Func<object> make) =>
            Assert.Contains(file, Assert.Throws<ArgumentException>(make).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Failures_name_their_phase()
    {
        var refused = await Assert.ThrowsAsync<DicomNetworkException>(
            () => DicomClient.ConnectAsync(new DicomClientOptions { Host = "127.0.0.1", Port = FreePort() }));
        Assert.Equal(NetworkPhase.Connect, refused.Phase);
        var unknown = await Assert.ThrowsAsync<DicomNetworkException>(
            () => DicomClient.ConnectAsync(new DicomClientOptions { Host = "no-such-host.invalid", Port = 104 }));
        Assert.Equal(NetworkPhase.Resolve, unknown.Phase);

        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        var timedOut = await Assert.ThrowsAsync<DicomNetworkException>(() => DicomClient.ConnectAsync(new DicomClientOptions
        {
            Host = "127.0.0.1", Port = ((IPEndPoint)silent.LocalEndpoint).Port, AssociateTimeout = TimeSpan.FromMilliseconds(50),
        }));
        Assert.Equal(NetworkPhase.Associate, timedOut.Phase);
        Assert.Contains("127.0.0.1", timedOut.Message, StringComparison.Ordinal);

        await using var listener = await Listening.WithAsync(
            new ServiceStub(ServiceStub.Mpps)
            {
                Any = async (_, token) =>
                {
                    await Task.Delay(Timeout.Infinite, token);
                    return DimseResponse.Success;
                },
            });
        var options = To(listener, ServiceStub.Mpps);
        options.ResponseTimeout = TimeSpan.FromMilliseconds(50);
        await using var client = await DicomClient.ConnectAsync(options);
        var unanswered = await Assert.ThrowsAsync<DicomNetworkException>(() => client.DeleteAsync(ServiceStub.Mpps, "1.2"));
        Assert.Equal(NetworkPhase.AwaitReply, unanswered.Phase);
        await listener.HasNoAssociationAsync(); // aborted: a late reply would confuse
        await Assert.ThrowsAsync<DicomNetworkException>(() => client.EchoAsync());
        await Assert.ThrowsAsync<DicomNetworkException>(
            () => client.StoreAsync(ServiceStub.CtImage, "1.2", TransferSyntax.ExplicitVrLittleEndian, Stream.Null));
    }

    [Fact]
    public async Task A_rejection_is_its_own_exception()
    {
        await using var listener = await Listening.WithAsync(_ => { }, null, new RejectAll());
        var error = await Assert.ThrowsAsync<AssociationRejectedException>(
            () => DicomClient.ConnectAsync(To(listener, VerificationService.SopClassUid)));
        Assert.Equal(
            (RejectResult.Permanent, RejectSource.ServiceUser, (byte)7), (error.Result, error.RejectSource, error.Reason));
        Assert.Contains("called-AE-title-not-recognized", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_client_learns_that_its_listener_has_released()
    {
        var listener = await Listening.WithAsync();
        await using var client = await DicomClient.ConnectAsync(To(listener, VerificationService.SopClassUid));
        await client.EchoAsync();
        await listener.StopAsync(TimeSpan.FromSeconds(10));
        var error = await Assert.ThrowsAsync<DicomNetworkException>(() => client.EchoAsync());
        Assert.Contains("released", error.Message, StringComparison.Ordinal);
        await listener.DisposeAsync();
    }

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    private sealed class RejectAll : IAssociationPolicy
    {
        public AssociationDecision Decide(AssociationProposal proposal) => AssociationDecision.RejectCalledAeTitle;
    }
}
