namespace Gantry.Bench;

/// <summary>Something that keeps a benchmark from running, in a sentence that says what to do about it.</summary>
internal sealed class BenchException(string message) : Exception(message);
