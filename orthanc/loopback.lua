-- Orthanc's DICOM server listens on every address; it has no setting for one. Without --lan compose/up adds this script, so
-- that images from other machines are refused. Raising an error (and not returning false) is what makes the sender see a
-- failure: on false, Orthanc answers 'success' and drops the image.
function ReceivedInstanceFilter(dicom, origin, info)
  if origin["RequestOrigin"] == "DicomProtocol" and origin["RemoteIp"] ~= "127.0.0.1" then
    error("image refused: it came from another machine; start with compose/up --lan to take it")
  end
  return true
end
