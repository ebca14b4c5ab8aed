using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;

namespace Gantry.Worklist.Tests.Durability;

/// <summary>The program that <see cref="CrashTests"/> kills: this assembly, started with a word and a file.</summary>
public static class CrashChild
{
    public const string Word = "crash-child";

    public static async Task<int> Main(string[] args)
    {
        if (args is not [Word, string file]) return 2;
        await using IWorklistStore store = await WorklistStores.OpenAsync(
            new WorklistStoreOptions { SqlitePath = file }, NullLoggerFactory.Instance, TimeProvider.System, default);
        await using Stream output = Console.OpenStandardOutput();
        var gate = new SemaphoreSlim(1);
        await Task.WhenAll(Enumerable.Range(0, 8).Select(caller => Task.Run(async () =>
        {
            for (int i = 0; ; i++)
            {
                string uid = string.Create(CultureInfo.InvariantCulture, $"9.{caller}.{i}");
                var content = new StepObject(new byte[1000], "1.2.840.10008.1.2.1", null);
                await store.CreateStepAsync(new NewPerformedStep { SopInstanceUid = uid, Dataset = content, References = [] }, default);
                await SayAsync($"created {uid}\n");
                await store.ChangeStepAsync(uid, _ => new StepChange.Update { Status = StepStatus.Completed, Dataset = content }, default);
                await SayAsync($"finished {uid}\n");
            }
        })));
        return 0;

        async Task SayAsync(string line)
        {
            await gate.WaitAsync();
            await output.WriteAsync(System.Text.Encoding.ASCII.GetBytes(line));
            gate.Release();
        }
    }
}
