using System.Text;
using Gantry.Worklist;

namespace Gantry.Sidecar.Tests.Mwl;

/// <summary>One row of a worklist, legal unless a test says otherwise.</summary>
internal sealed class FakeRow : IWorklistCursor
{
    private readonly Dictionary<WorklistColumn, byte[]> _values = [];

    public FakeRow()
    {
        Set(WorklistColumn.AccessionNumber, "ACC001");
        Set(WorklistColumn.PatientId, "BS001234");
        Set(WorklistColumn.PatientName, "SMITH^JANE");
        Set(WorklistColumn.PatientBirthDate, "19650315");
        Set(WorklistColumn.PatientSex, "F");
        Set(WorklistColumn.ScheduledDate, "20260105");
        Set(WorklistColumn.ScheduledTime, "100000");
        Set(WorklistColumn.Modality, "MG");
        Set(WorklistColumn.StudyDescription, "Bilateral Mammography");
        Set(WorklistColumn.ProcedureCode, "MAMMO_BILAT");
        Set(WorklistColumn.Status, "SCHEDULED");
        Set(WorklistColumn.StudyInstanceUid, "2.25.1");
        Set(WorklistColumn.RequestedProcedureId, "ACC001");
        Set(WorklistColumn.ScheduledStepId, "ACC001");
    }

    public ReadOnlySpan<byte> this[WorklistColumn column] => _values.GetValueOrDefault(column);

    public FakeRow Set(WorklistColumn column, string value) => Set(column, Encoding.UTF8.GetBytes(value));

    public FakeRow Set(WorklistColumn column, byte[] value)
    {
        _values[column] = value;
        return this;
    }

    public ValueTask<bool> ReadAsync(CancellationToken cancellationToken) => new(false);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
