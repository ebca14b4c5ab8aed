using System.Globalization;
using System.Text;

namespace Gantry.Audit.Sinks;

/// <summary>
/// One file for each day (UTC), a message on each line. The owner writes, the group reads, nobody else may look. The file is opened for
/// each batch and held alone meanwhile, so that a gateway and commands beside it may share it.
/// </summary>
internal sealed class AuditFile(string folder, int keepDays, TimeProvider time) : IAuditSink
{
    private const string Pattern = "audit-*.xml";
    private const UnixFileMode FileMode0640 = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead;
    private const UnixFileMode FolderMode0750 = FileMode0640 | UnixFileMode.UserExecute | UnixFileMode.GroupExecute;
    private const int Turns = 100;
    private static readonly TimeSpan Turn = TimeSpan.FromMilliseconds(20);

    private string _day = "";

    public string Place => folder;

    /// <summary>The file of a day.</summary>
    public static string NameOf(DateTimeOffset day) => $"audit-{day.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}.xml";

    public async Task WriteAsync(IReadOnlyList<string> messages, CancellationToken cancellationToken)
    {
        var day = NameOf(time.GetUtcNow());
        var lines = Encoding.UTF8.GetBytes(string.Concat(messages.Select(message => message + '\n')));
        var file = await OpenAsync(day, cancellationToken).ConfigureAwait(false);
        await using (file.ConfigureAwait(false))
            await file.WriteAsync(lines, cancellationToken).ConfigureAwait(false);
        if (_day == day)
            return;
        _day = day;
        Prune();
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private async Task<FileStream> OpenAsync(string day, CancellationToken cancellationToken)
    {
        // Alone: an end that was looked up before another program wrote is not the end any more
        var options = new FileStreamOptions { Mode = FileMode.Append, Access = FileAccess.Write, Share = FileShare.None, BufferSize = 0 };
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(folder);
        else
        {
            if (!Directory.Exists(folder))
                Directory.CreateDirectory(folder, FolderMode0750);
            options.UnixCreateMode = FileMode0640;
        }
        for (var turn = 1; ; turn++)
        {
            try
            {
                return new FileStream(Path.Combine(folder, day), options);
            }
            catch (IOException) when (turn < Turns && File.Exists(Path.Combine(folder, day)))
            {
                await Task.Delay(Turn, time, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private void Prune()
    {
        if (keepDays <= 0)
            return;
        var oldest = NameOf(time.GetUtcNow().AddDays(-keepDays));
        foreach (var file in Directory.EnumerateFiles(folder, Pattern))
        {
            if (string.CompareOrdinal(Path.GetFileName(file), oldest) < 0 && Path.GetFileName(file).Length == oldest.Length)
                File.Delete(file);
        }
    }
}
