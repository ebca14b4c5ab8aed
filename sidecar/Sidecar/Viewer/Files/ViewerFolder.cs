namespace Gantry.Sidecar.Viewer.Files;

/// <summary>
/// The folder that <c>viewer prepare</c> made. Read into a list once; when it is made anew, or for the first time while we run,
/// the next request sees it.
/// </summary>
internal sealed class ViewerFolder(string path, TimeProvider time)
{
    /// <summary>So often at most the disk is asked whether the folder is another one; where there is none, each time.</summary>
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(2);

    private readonly Lock _gate = new();
    private ViewerFiles? _files;
    private DateTime _stamp;
    private long _looked;

    /// <summary>Where it is.</summary>
    public string Path => path;

    /// <summary>What it holds; null where there is no viewer, or only a piece of one.</summary>
    public ViewerFiles? Current
    {
        get
        {
            lock (_gate)
            {
                if (_files is null || time.GetElapsedTime(_looked) > LookAgain)
                    Look();
                return _files;
            }
        }
    }

    private void Look()
    {
        _looked = time.GetTimestamp();
        var mark = new FileInfo(System.IO.Path.Combine(path, ViewerFiles.MarkName));
        if (!mark.Exists)
        {
            _files = null;
            return;
        }
        if (_files is not null && mark.LastWriteTimeUtc == _stamp)
            return;
        (_files, _stamp) = (ViewerFiles.Read(path), mark.LastWriteTimeUtc);
    }
}
