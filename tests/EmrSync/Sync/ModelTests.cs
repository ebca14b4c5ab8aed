using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using Gantry.EmrSync.Sync;
using Gantry.EmrSync.Tests.Emr;
using Gantry.Worklist;
using Gantry.Worklist.Tests.Engines;

namespace Gantry.EmrSync.Tests.Sync;

/// <summary>
/// Whatever happens to the EMR between two syncs, and wherever a sync is cut off: after a sync the worklist is what a model says that
/// knows nothing of hashes, marks and batches.
/// </summary>
public sealed class ModelTests
{
    /// <param name="What">add, rename, move, cancel, reinstate, break, mend, remove, start or share.</param>
    /// <param name="Which">Which order, by position.</param>
    public sealed record Happening(string What, int Which);

    // More were run by hand: GANTRY_EMR_LIVES
    private static readonly int Lives = int.TryParse(Environment.GetEnvironmentVariable("GANTRY_EMR_LIVES"), out int lives) ? lives : 12;

    private static readonly string[] Words = ["add", "add", "add", "rename", "move", "cancel", "reinstate", "break", "mend", "start"];

    private static Gen<Happening[]> Steps(params string[] more) =>
        Gen.Elements(Words.Concat(more).ToArray()).SelectMany(_ => Gen.Choose(0, 40), (what, which) => new Happening(what, which))
            .ArrayOf(30);

    [Theory]
    [InlineData(SyncMode.ChangedAt)]
    [InlineData(SyncMode.Key)]
    [InlineData(SyncMode.Window)]
    public void After_every_sync_the_worklist_equals_the_model_wherever_the_one_before_was_cut_off(SyncMode mode)
    {
        // Whether a row is gone is not told by changed_at
        Gen<Happening[]> steps = mode == SyncMode.ChangedAt ? Steps() : Steps("remove", "share");
        Gen<(Happening[][] Rounds, int Crash)> lives = steps.ArrayOf(4).SelectMany(_ => Gen.Choose(0, 12), (rounds, crash) => (rounds, crash));

        Check.One(Config.QuickThrowOnFailure.WithMaxTest(Lives), Prop.ForAll(Arb.From(lives), life => LiveAsync(mode, life.Rounds, life.Crash)
            .GetAwaiter().GetResult()));
    }

    [Fact]
    public async Task The_same_holds_for_an_EMR_and_a_worklist_in_PostgreSQL_in_every_mode()
    {
        await using PrivatePostgres server = await PrivatePostgres.StartAsync();
        string folder = server.ConnectionString.Split(';')[0]["Host=".Length..];
        string emr = $"Driver={{{Gantry.Odbc.Tests.Drivers.DriverFile.Path("psqlodbcw.so")}}};Server={folder};Database=postgres;UID=postgres;"
            + "BoolsAsChar=0;UseDeclareFetch=1;Fetch=1000";
        Happening[][] rounds = Gen.Sample(Steps("remove").ArrayOf(4), 30, 1).First();

        foreach (SyncMode mode in new[] { SyncMode.ChangedAt, SyncMode.Key, SyncMode.Window })
        {
            string schema = $"worklist_{mode}".ToLowerInvariant();
            await server.PsqlAsync("public", $"CREATE SCHEMA {schema}");
            // Whether a row is gone is not told by changed_at
            Happening[][] told = mode == SyncMode.ChangedAt ? [.. rounds.Select(round => round.Where(step => step.What != "remove").ToArray())] : rounds;
            await LiveAsync(mode, told, 2, emr, $"{server.ConnectionString};Search Path={schema}");
        }
    }

    private static async Task LiveAsync(SyncMode mode, Happening[][] rounds, int crash, string? connectionString = null, string? postgres = null)
    {
        await using EmrUnderTest emr = await EmrUnderTest.MakeAsync(connectionString, postgres);
        var model = new ModelEmr(emr);
        int round = 0;
        foreach (Happening[] steps in rounds)
        {
            foreach (Happening step in steps) await model.TakeAsync(step.What, step.Which);
            if (++round == 2 && crash > 0)
            {
                await using OrderSync dying = emr.Sync(mode, new CrashingStore(emr.Worklist.Emr, crash, after: crash % 2 == 0));
                await Record.ExceptionAsync(() => dying.RunAsync("test", default));
            }
            await using OrderSync sync = emr.Sync(mode);
            EmrRun run = await sync.RunAsync("test", default);

            Assert.Null(run.Failure);
            Assert.Equal(model.Expected(), Told(await emr.ItemsAsync()));
            Assert.Equal(model.Unservable(), (await emr.Worklist.SetAsideItemsAsync(1000, default)).Count);
            Assert.Equal((0, 0, 0, 0), await AgainAsync(sync));
        }
    }

    private static async Task<(int, int, int, int)> AgainAsync(OrderSync sync)
    {
        EmrRun run = await sync.RunAsync("test", default);
        return (run.Added, run.Changed, run.Cancelled, run.Reinstated);
    }

    private static string Told(Dictionary<string, WorklistItem> items) => string.Join('\n', items.Values
        .Where(item => item.Status != OrderStatus.Discontinued)
        .Select(item => string.Create(CultureInfo.InvariantCulture,
            $"{item.AccessionNumber} {item.Status.ToText()} {item.PatientName} {item.ScheduledDate}{item.ScheduledTime}"))
        .Order(StringComparer.Ordinal));
}
