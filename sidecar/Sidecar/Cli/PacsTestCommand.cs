using System.CommandLine;
using System.Globalization;
using Gantry.Dicom;
using Gantry.Dicom.Network;
using Gantry.Sidecar.Phantoms;

namespace Gantry.Sidecar.Cli;

/// <summary><c>pacs-test</c>: does the archive take an image, and have it afterwards?</summary>
internal static class PacsTestCommand
{
    private static readonly Option<bool> EchoOnly = new("--echo-only") { Description = "Only C-ECHO" };
    private static readonly Option<bool> StoreOnly =
        new("--store-only") { Description = "Only C-STORE, and whether the image arrived" };

    public static Command Create()
    {
        var command = new Command(
            "pacs-test", "Tests the archive: C-ECHO, C-STORE of one small synthetic image, and whether it is there.");
        PeerFlags.Archive.AddTo(command);
        foreach (var option in new Option[] { CommonFlags.Modality, EchoOnly, StoreOnly })
            command.Options.Add(option);
        PeerFlags.AddConnectionTo(command);
        command.Validators.Add(result =>
        {
            if (result.GetValue(EchoOnly) && result.GetValue(StoreOnly))
                result.AddError("--echo-only and --store-only exclude each other; leave both out for both tests.");
        });
        CommandRun.Attach(command, "pacs-test", RunAsync);
        return command;
    }

    private static async Task RunAsync(CommandRun run, CancellationToken cancellationToken)
    {
        var (echo, store) = (!run.Get(StoreOnly), !run.Get(EchoOnly));
        var peer = PeerFlags.Archive.Read(run.Arguments);
        var image = store ? SmallImage(run.Get(CommonFlags.Modality) ?? "MG", run.Terminal.Time) : null;
        var classes = new List<string> { VerificationService.SopClassUid };
        if (image?.Dataset.GetString(DicomTags.SOPClassUID) is { } storage)
            classes.Add(storage);
        await PeerCall.AssociateAsync(
            run.Report, peer, classes, run.Terminal.Time,
            async client =>
            {
                if (echo) await PeerCall.EchoAsync(run.Report, client, cancellationToken);
                if (image is not null) await StoreAsync(run, client, image, cancellationToken);
            },
            cancellationToken);
        if (image is not null)
            await ArrivalCheck.RunAsync(run.Report, run.Terminal, peer, image.Dataset, cancellationToken);
    }

    private static async Task StoreAsync(CommandRun run, DicomClient client, DicomFile image, CancellationToken cancellationToken)
    {
        var (dataset, tally) = (image.Dataset, new SeriesTally());
        var modality = dataset.GetString(DicomTags.Modality) ?? "";
        var bytes = await ImageSender.SendAsync(run.Report, client, modality, [image], tally, cancellationToken);
        run.Result.Studies =
        [
            new(modality, dataset.GetString(DicomTags.PatientID) ?? "", dataset.GetString(DicomTags.AccessionNumber) ?? "",
                dataset.GetString(DicomTags.StudyInstanceUID) ?? "", tally.Images, bytes),
        ];
    }

    private static DicomFile SmallImage(string modality, TimeProvider time) => PhantomStudies.Make(
        modality,
        new PhantomOrder
        {
            PatientName = "GANTRY^TEST", PatientId = "GANTRY-TEST", PatientBirthDate = "19700101", PatientSex = "O",
            AccessionNumber = "T" + time.GetLocalNow().ToString("yyMMddHHmmssfff", CultureInfo.InvariantCulture),
            StudyDescription = "Gantry archive test",
        },
        new PhantomOptions { Images = 1, Frames = 1, MammogramColumns = 192, RadiographColumns = 192, Time = time }).First();
}
