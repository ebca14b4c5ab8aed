using System.Globalization;
using System.Text.RegularExpressions;

namespace Gantry.House.Tests;

/// <summary>Habits that no analyzer holds.</summary>
public sealed partial class CodeHabitTests
{
    /// <summary>Event ids per project (the folder of its Log.cs).</summary>
    private static readonly Dictionary<string, (int From, int To)> EventIds = new()
    {
        ["sidecar/Dicom"] = (1000, 1999),
        ["sidecar/Worklist"] = (2000, 2999),
        ["sidecar/Sidecar"] = (3000, 3999),
        ["emr-sync/EmrSync"] = (6000, 6999),
        ["cloud/Relay"] = (5000, 5999),
        ["cloud/Cloud"] = (7000, 7999),
    };

    /// <summary>Tests that wait by the clock, each with its reason.</summary>
    private static readonly Dictionary<string, string> SleepingTests = new()
    {
        ["tests/Dicom/Network/Eventually.cs"] = "looks again and again at what other threads and processes do not announce",
        ["tests/Sidecar/Cli/Storescp.cs"] = "DCMTK's storescp tells nobody when it listens",
    };

    [Fact]
    public void An_event_id_is_used_once_and_lies_in_the_range_of_its_project()
    {
        var used = new Dictionary<int, string>();
        foreach (var file in Repository.FilesEndingWith(".cs").Where(file => !file.StartsWith("tests/", StringComparison.Ordinal)))
        {
            foreach (Match match in LoggerMessage().Matches(Repository.Read(file)))
            {
                var id = int.Parse(match.Groups["id"].Value, CultureInfo.InvariantCulture);
                var (from, to) = EventIds.First(range => file.StartsWith($"{range.Key}/", StringComparison.Ordinal)).Value;
                Assert.True(id >= from && id <= to, $"{file}: event id {id} is not in {from} to {to}.");
                Assert.True(used.TryAdd(id, file), $"{file}: event id {id} stands in {used.GetValueOrDefault(id)} already.");
            }
        }
    }

    [Fact]
    public void Log_messages_live_in_the_Log_file_of_their_project() =>
        Offenders.None(Repository.FilesEndingWith(".cs").Where(file => !file.StartsWith("tests/", StringComparison.Ordinal)
            && Path.GetFileName(file) != "Log.cs" && LoggerMessage().IsMatch(Repository.Read(file))));

    [Fact]
    public void A_test_waits_for_the_thing_itself_and_not_for_the_clock()
    {
        var sleeping = Repository.FilesEndingWith(".cs")
            .Where(file => file.StartsWith("tests/", StringComparison.Ordinal) && !file.StartsWith("tests/House/", StringComparison.Ordinal)
                && !file.StartsWith("tests/Bench/", StringComparison.Ordinal))
            .Where(file => Sleep().IsMatch(Repository.Read(file))).ToList();

        Offenders.None(sleeping.Except(SleepingTests.Keys));
        Offenders.None(SleepingTests.Keys.Except(sleeping));
    }

    [Fact]
    public void A_test_is_never_switched_off() =>
        Offenders.None(Repository.FilesEndingWith(".cs").Where(file => file.StartsWith("tests/", StringComparison.Ordinal)
            && SwitchedOff().IsMatch(Repository.Read(file))));

    [Fact]
    public void Nothing_is_left_to_do_in_a_comment() =>
        Offenders.None(Repository.Files.Where(file => !file.StartsWith("tests/House/", StringComparison.Ordinal)
            && Path.GetExtension(file) is ".cs" or ".sh" or ".json" or ".md" or ".csproj" or ".lua"
            && LeftToDo().IsMatch(Repository.Read(file))));

    [GeneratedRegex(@"\[LoggerMessage\(\s*(EventId\s*=\s*)?(?<id>\d+)")]
    private static partial Regex LoggerMessage();

    // A delay without end is no sleep: it waits for its token
    [GeneratedRegex(@"\b(Thread\.Sleep|Task\.Delay(?!\(Timeout\.Infinite))\b")]
    private static partial Regex Sleep();

    // Built from pieces, so that this file does not find itself
    [GeneratedRegex(@"\[(Fact|Theory)\([^)]*\bSki" + @"p\s*=")]
    private static partial Regex SwitchedOff();

    [GeneratedRegex(@"\b(TODO|FIXME|XXX|HACK)\b")]
    private static partial Regex LeftToDo();
}
