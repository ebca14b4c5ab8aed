using System.Globalization;
using Gantry.Worklist;
using Npgsql;

namespace Gantry.Bench.Cloud;

/// <summary>An appointment as a bench needs it.</summary>
internal sealed record BenchExam(Guid Clinic, Guid Appointment, string Accession, string NhsNumber)
{
    /// <summary>The order that a click would have put on the worklist.</summary>
    public WorklistItem Order => new()
    {
        AccessionNumber = Accession, PatientId = NhsNumber, PatientName = "BENCH^ADA", PatientBirthDate = "19600203", PatientSex = "F", ScheduledDate = "20260105",
        ScheduledTime = "103000", Modality = "MG", StudyDescription = "Screening Mammography", StudyInstanceUid = $"2.25.{NhsNumber}", RequestedProcedureId = Accession,
    };
}

/// <summary>Puts clinics, appointments and gateways into a cloud's database, faster than by hand.</summary>
internal sealed class CloudData(string database)
{
    private static int _people;

    /// <summary>Clinics with so many appointments each, all of them sent to a modality or, with a gateway, none of them.</summary>
    public async Task<List<BenchExam>> ClinicsAsync(int clinics, int appointments, Guid? gateway, CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(database);
        await connection.OpenAsync(cancellationToken);
        var exams = new List<BenchExam>(clinics * appointments);
        var provider = Guid.NewGuid();
        await RunAsync(connection, $"INSERT INTO providers (id, name, gateway_id) VALUES ('{provider}', 'Bench', {(gateway is null ? "NULL" : $"'{gateway}'")})", cancellationToken);
        for (var clinic = 0; clinic < clinics; clinic++)
        {
            var id = Guid.NewGuid();
            await RunAsync(connection, $"INSERT INTO clinics (id, provider_id, name, date) VALUES ('{id}', '{provider}', 'Bench', '2026-01-05')", cancellationToken);
            var first = Interlocked.Add(ref _people, appointments) - appointments;
            exams.AddRange(Enumerable.Range(first, appointments).Select(number => new BenchExam(
                id, Guid.NewGuid(), string.Create(CultureInfo.InvariantCulture, $"B{number:0000000}"), string.Create(CultureInfo.InvariantCulture, $"888{number:0000000}"))));
        }

        await CopyAsync(connection, exams, isSent: gateway is null, cancellationToken);
        return exams;
    }

    /// <summary>Gateways, each with its hybrid connection, that the cloud finds at its next start.</summary>
    public async Task<List<(Guid Id, string Path)>> GatewaysAsync(int count, CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(database);
        await connection.OpenAsync(cancellationToken);
        var gateways = Enumerable.Range(0, count).Select(number => (Id: Guid.NewGuid(), Path: FormattableString.Invariant($"gateway-{number}"))).ToList();
        foreach (var (id, path) in gateways)
            await RunAsync(connection, $"INSERT INTO gateways (id, name, hybrid_connection) VALUES ('{id}', '{path}', '{path}')", cancellationToken);
        return gateways;
    }

    public async Task<long> CountAsync(string fromWhere, CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(database);
        await connection.OpenAsync(cancellationToken);
#pragma warning disable CA2100 // only constants of the benches
        await using var query = new NpgsqlCommand($"SELECT count(*) FROM {fromWhere}", connection);
#pragma warning restore CA2100
        return (long)(await query.ExecuteScalarAsync(cancellationToken))!;
    }

    private static async Task CopyAsync(NpgsqlConnection connection, IReadOnlyList<BenchExam> exams, bool isSent, CancellationToken cancellationToken)
    {
        var slots = exams.ToDictionary(exam => exam.Appointment, _ => Guid.NewGuid());
        var people = exams.ToDictionary(exam => exam.Appointment, _ => Guid.NewGuid());
        var seconds = 0;
        await WriteAsync(connection, "participants (id, nhs_number, first_name, last_name, birth_date)", exams, exam => [people[exam.Appointment], exam.NhsNumber, "Ada", "Bench", new DateOnly(1960, 2, 3)], cancellationToken);
        await WriteAsync(connection, "clinic_slots (id, clinic_id, starts_at, duration_minutes)", exams, exam => [slots[exam.Appointment], exam.Clinic, new TimeOnly(0).Add(TimeSpan.FromSeconds(seconds++ % 86_400)), 15], cancellationToken);
        await WriteAsync(
            connection, "appointments (id, slot_id, participant_id, state, accession_number)", exams,
            exam => [exam.Appointment, slots[exam.Appointment], people[exam.Appointment], isSent ? "sent_to_modality" : "checked_in", isSent ? exam.Accession : DBNull.Value], cancellationToken);
        await RunAsync(connection, "ANALYZE", cancellationToken);
    }

    private static async Task WriteAsync(NpgsqlConnection connection, string columns, IReadOnlyList<BenchExam> exams, Func<BenchExam, object[]> row, CancellationToken cancellationToken)
    {
        await using var copy = await connection.BeginBinaryImportAsync($"COPY {columns} FROM STDIN (FORMAT BINARY)", cancellationToken);
        foreach (var exam in exams) await copy.WriteRowAsync(cancellationToken, row(exam));
        await copy.CompleteAsync(cancellationToken);
    }

    private static async Task RunAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
#pragma warning disable CA2100 // only constants and ids of the benches
        await using var command = new NpgsqlCommand(sql, connection);
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
