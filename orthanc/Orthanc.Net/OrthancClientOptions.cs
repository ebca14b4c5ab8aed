using System.ComponentModel.DataAnnotations;

namespace Orthanc.Net;

/// <summary>Where Orthanc is, who we are, and how long to wait. Times bound standstill, not whole transfers.</summary>
public sealed class OrthancClientOptions
{
    /// <summary>Orthanc's address, with a path if it lives behind a proxy; null takes that of the HttpClient.</summary>
    public Uri? BaseAddress { get; set; }

    /// <summary>User of RegisteredUsers in orthanc.json; null sends no credentials.</summary>
    public string? Username { get; set; }

    /// <summary>The password of <see cref="Username"/>.</summary>
    public string? Password { get; set; }

    /// <summary>Longest time until the connection stands, with name look-up and TLS (10 s). Used by the handlers that
    /// <see cref="OrthancRegistration"/> makes.</summary>
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Longest standstill while a request is written (60 s).</summary>
    public TimeSpan SendTimeout { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>Longest time from the end of the request to the first byte of the answer (60 s).</summary>
    public TimeSpan AnswerTimeout { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>The same where Orthanc talks to a modality before it answers: echo, query, worklist, move (10 min).</summary>
    public TimeSpan ModalityTimeout { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>Longest standstill while an answer is read (60 s).</summary>
    public TimeSpan ReadTimeout { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>Longest JSON or text that is read into memory, in bytes (64 MB). Downloads are streams and have no limit.</summary>
    [Range(1, long.MaxValue)]
    public long MaximumJsonLength { get; set; } = 64 * 1024 * 1024;
}
