using System.Globalization;
using Gantry.EmrSync.Tests.Emr;

namespace Gantry.EmrSync.Tests.Sync;

/// <summary>What the EMR holds, and what the worklist should show of it.</summary>
internal sealed class ModelEmr(EmrUnderTest emr)
{
    private readonly List<Exam> _exams = [];
    private readonly Dictionary<string, string> _started = [];
    private readonly HashSet<string> _servable = [];
    private int _next;
    private int _clock;

    private sealed class Exam
    {
        public required int Seq { get; init; }
        public required string Accession { get; set; }
        public int Name { get; set; }
        public int Minute { get; set; }
        public bool IsCancelled { get; set; }
        public bool IsBroken { get; set; }
    }

    public async Task TakeAsync(string what, int which)
    {
        if (what == "add") Add();
        else if (_exams.Count > 0) await ChangeAsync(what, _exams[which % _exams.Count]);
    }

    /// <summary>Orders that are not DISCONTINUED, in lines.</summary>
    public string Expected()
    {
        _servable.Clear();
        var lines = new List<string>();
        foreach (Exam exam in _exams)
        {
            if (_started.ContainsKey(exam.Accession) || exam.IsCancelled || exam.IsBroken || IsShared(exam)) continue;
            _servable.Add(exam.Accession);
            lines.Add($"{exam.Accession} SCHEDULED {Name(exam)} {At(exam)}00");
        }
        // A started exam keeps its time; its name follows while the EMR has the order
        foreach ((string accession, string at) in _started)
        {
            Exam? exam = _exams.Find(one => one.Accession == accession && !one.IsCancelled && !one.IsBroken && !IsShared(one));
            if (exam is not null) _names[accession] = Name(exam);
            lines.Add($"{accession} IN_PROGRESS {_names[accession]} {at}");
        }
        return string.Join('\n', lines.Order(StringComparer.Ordinal));
    }

    public int Unservable() => _exams.Count(exam => !exam.IsCancelled && (exam.IsBroken || IsShared(exam)));

    private readonly Dictionary<string, string> _names = [];

    private bool IsShared(Exam exam) =>
        _exams.Exists(other => other != exam && other.Accession == exam.Accession && !other.IsCancelled && !other.IsBroken) && !exam.IsBroken;

    private void Add()
    {
        var exam = new Exam { Seq = ++_next, Accession = FormattableString.Invariant($"A{_next}") };
        _exams.Add(exam);
        emr.Run(FormattableString.Invariant(
            $"INSERT INTO exams VALUES ({exam.Seq}, '{exam.Accession}   ', 'P{exam.Seq}', '{Name(exam)}', '1965-03-15', 'F', 'MG', '{At(exam)}', 'Screening', 0, '{Now()}')"));
    }

    private async Task ChangeAsync(string what, Exam exam)
    {
        switch (what)
        {
            case "rename": exam.Name++; break;
            case "move": exam.Minute = (exam.Minute + 1) % 60; break;
            case "cancel": exam.IsCancelled = true; break;
            case "reinstate": exam.IsCancelled = false; break;
            case "break": exam.IsBroken = true; break;
            case "mend": exam.IsBroken = false; break;
            case "remove":
                // A started exam whose order is gone stays as it was
                _exams.Remove(exam);
                emr.Run(FormattableString.Invariant($"DELETE FROM exams WHERE seq = {exam.Seq}"));
                return;
            case "share":
                if (_started.ContainsKey(exam.Accession) || _exams.Exists(one => one != exam && one.Accession == exam.Accession)) return;
                Add();
                _exams[^1].Accession = exam.Accession;
                emr.Run(FormattableString.Invariant($"UPDATE exams SET acc = '{exam.Accession}' WHERE seq = {_exams[^1].Seq}"));
                return;
            case "start":
                if (!_servable.Contains(exam.Accession) || _started.ContainsKey(exam.Accession)
                    || _exams.Exists(one => one != exam && one.Accession == exam.Accession)) return;
                // What the modality was shown may be the order that had this number at the last sync, and then it is that one's exam
                Gantry.Worklist.WorklistItem item = (await emr.Worklist.GetAsync(exam.Accession, default))!;
                if (item.PatientId != FormattableString.Invariant($"P{exam.Seq}")) return;
                await emr.StartExamAsync(exam.Accession, FormattableString.Invariant($"1.2.{exam.Seq}"));
                _started[exam.Accession] = item.ScheduledDate + item.ScheduledTime;
                _names[exam.Accession] = item.PatientName!;
                return;
        }
        emr.Run(FormattableString.Invariant(
            $"UPDATE exams SET name = '{Name(exam)}', dtm = '{At(exam)}', deleted = {(exam.IsCancelled ? 1 : 0)}, modality = '{(exam.IsBroken ? "M?G" : "MG")}', changed = '{Now()}' WHERE seq = {exam.Seq}"));
    }

    // Many changes fall into the same second, and the EMR's clock knows nothing of ours
    private string Now() => new DateTime(2025, 12, 31, 23, 0, 0).AddSeconds(_clock++ / 5 * 400).ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture);

    private static string Name(Exam exam) => FormattableString.Invariant($"PATIENT{exam.Seq}^N{exam.Name}");

    private static string At(Exam exam) => FormattableString.Invariant($"2026010510{exam.Minute:00}");
}
