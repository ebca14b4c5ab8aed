using Gantry.Dicom;

namespace Gantry.Sidecar.Mwl;

/// <summary>An attribute that an answer must hold because the query asks for it (PS3.4 K.2.2.1.2).</summary>
/// <param name="Tag">The tag as asked.</param>
/// <param name="Vr">The VR in which it is answered: the model's, or the asked one where the model does not know the tag.</param>
/// <param name="Known">The attribute of the model; for a key that it does not know, one whose content says so.</param>
/// <param name="Items">What is asked inside, for a sequence.</param>
/// <param name="Echo">The value as asked, which goes back unchanged, for private creators.</param>
internal sealed record RequestedAttribute(
    DicomTag Tag, DicomVr Vr, WorklistAttribute Known, IReadOnlyList<RequestedAttribute> Items, ReadOnlyMemory<byte> Echo = default);
