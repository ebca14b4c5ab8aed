using System.CommandLine;
using Gantry.Contracts;
using Gantry.Sidecar.Accounts;

namespace Gantry.Sidecar.Cli;

/// <summary><c>accounts hash</c>: turns a password into what belongs in the settings.</summary>
internal static class AccountsCommand
{
    public static Command Create()
    {
        var hash = new Command("hash", "Reads a password (typed, or a line of standard input) and prints its hash for Accounts:Users:N:PasswordHash.");
        CommandRun.Attach(hash, "accounts hash", HashAsync);
        return new Command("accounts", "Accounts of the viewer and the pages.") { hash };
    }

    private static Task HashAsync(CommandRun run, CancellationToken cancellationToken)
    {
        var password = run.Terminal.AskSecret("Password: ") ?? "";
        if (password.Length < Passwords.ShortestPassword)
            throw new StepFailedException("options", $"A password has {Passwords.ShortestPassword} characters at least.");
        if (KnownSecrets.Contains(password))
            throw new StepFailedException("options", "Everybody knows this password, and the gateway would not start with it; choose another one.");
        run.Result.PasswordHash = Passwords.Hash(password);
        run.Say(run.Result.PasswordHash);
        return Task.CompletedTask;
    }
}
