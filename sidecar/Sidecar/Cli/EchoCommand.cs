using System.CommandLine;
using Gantry.Dicom.Network;

namespace Gantry.Sidecar.Cli;

/// <summary><c>echo</c>: C-ECHO to any host.</summary>
internal static class EchoCommand
{
    private static readonly Argument<string?> Host = new("host")
    {
        Description = "Host, instead of -H", Arity = ArgumentArity.ZeroOrOne,
    };

    private static readonly Argument<int?> Port = new("port")
    {
        Description = "Port, instead of -p", Arity = ArgumentArity.ZeroOrOne,
    };

    public static Command Create()
    {
        var command = new Command("echo", "Asks a DICOM host for a sign of life (C-ECHO).") { Host, Port };
        Port.Validators.Add(result =>
        {
            foreach (var token in result.Tokens)
            {
                if (!PeerFlags.IsPort(token.Value))
                    result.AddError($"The port is '{token.Value}'; a port is 1 to 65535.");
            }
        });
        PeerFlags.Worklist.AddTo(command);
        PeerFlags.AddConnectionTo(command);
        CommandRun.Attach(command, "echo", RunAsync);
        return command;
    }

    private static async Task RunAsync(CommandRun run, CancellationToken cancellationToken)
    {
        var peer = PeerFlags.Worklist.Read(run.Arguments);
        peer.Host = run.Arguments.GetValue(Host) ?? peer.Host;
        peer.Port = run.Arguments.GetValue(Port) ?? peer.Port;
        await PeerCall.AssociateAsync(
            run.Report, peer, [VerificationService.SopClassUid], run.Terminal.Time,
            client => PeerCall.EchoAsync(run.Report, client, cancellationToken), cancellationToken);
    }
}
