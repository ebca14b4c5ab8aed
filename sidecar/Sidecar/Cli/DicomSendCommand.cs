using System.CommandLine;
using System.Globalization;
using Gantry.Dicom;
using Gantry.Dicom.Network;
using Gantry.Sidecar.Phantoms;

namespace Gantry.Sidecar.Cli;

/// <summary><c>dicom-send</c>: makes synthetic studies and stores them in the archive.</summary>
internal static class DicomSendCommand
{
    private static readonly Option<string[]> Modalities = new("--modality", "-m")
    {
        HelpName = "CODE",
        Description = "Modality to send; may repeat [default: CT MR CR XA MG]",
        AllowMultipleArgumentsPerToken = true,
    };

    public static Command Create()
    {
        var command = new Command("dicom-send", "Makes synthetic CT, MR, CR, XA and MG studies and stores them in the archive.");
        PeerFlags.Archive.AddTo(command);
        Modalities.Validators.Add(result =>
        {
            foreach (var token in result.Tokens.Where(token => !CommonFlags.IsCode(token.Value.ToUpperInvariant())))
                result.AddError($"--modality is '{token.Value}'; a code string such as CT is wanted.");
        });
        command.Options.Add(Modalities);
        PhantomFlags.AddTo(command);
        PeerFlags.AddConnectionTo(command);
        CommandRun.Attach(command, "dicom-send", RunAsync);
        return command;
    }

    private static async Task RunAsync(CommandRun run, CancellationToken cancellationToken)
    {
        var environment = run.Terminal.Environment;
        var peer = PeerFlags.Archive.Read(
            run.Arguments, host: ArchiveAddress.Host(environment), port: ArchiveAddress.Port(environment));
        IEnumerable<string> modalities = run.Get(Modalities) is { Length: > 0 } typed
            ? typed.Select(code => code.ToUpperInvariant()) : ["CT", "MR", "CR", "XA", "MG"];
        var studies = new List<SentStudy>();
        run.Result.Studies = studies;
        try
        {
            foreach (var modality in modalities)
                studies.Add(await SendAsync(run, peer, modality, cancellationToken));
        }
        finally
        {
            if (studies.Count > 0) run.Show(Tables.Of(studies));
        }
    }

    private static async Task<SentStudy> SendAsync(
        CommandRun run, DicomClientOptions peer, string modality, CancellationToken cancellationToken)
    {
        var options = PhantomFlags.Read(run.Arguments) with { Time = run.Terminal.Time };
        var order = new PhantomOrder
        {
            PatientName = $"PHANTOM^{modality}",
            PatientId = $"PHANTOM-{modality}",
            PatientBirthDate = "19650315",
            PatientSex = "F",
            AccessionNumber = (modality.Length > 4 ? modality[..4] : modality).Replace(' ', '_')
                + run.Terminal.Time.GetLocalNow().ToString("yyMMddHHmmss", CultureInfo.InvariantCulture),
            StudyInstanceUid = DicomUid.New(),
            StudyDescription = $"Synthetic {modality} study",
        };
        var (tally, bytes) = (new SeriesTally(), 0L);
        await PeerCall.AssociateAsync(
            run.Report, peer, ImageSender.SopClasses, run.Terminal.Time,
            async client => bytes = await ImageSender.SendAsync(
                run.Report, client, modality, PhantomStudies.Make(modality, order, options), tally, cancellationToken),
            cancellationToken);
        return new(modality, order.PatientId, order.AccessionNumber, order.StudyInstanceUid, tally.Images, bytes);
    }
}
