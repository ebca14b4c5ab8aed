namespace Gantry.EmrSync.Names;

/// <summary>A name as an EMR wrote it, taken apart.</summary>
/// <param name="Components">The components of the name, in its own script.</param>
/// <param name="Ideographic">The same in Hanja or Kanji, where that stands beside it.</param>
/// <param name="Phonetic">The same in Hangul or kana, where that stands beside it.</param>
/// <param name="English">The same in Latin letters, where that stands beside it.</param>
internal sealed record WrittenName(IReadOnlyList<string> Components, string Ideographic = "", string Phonetic = "", string English = "");
