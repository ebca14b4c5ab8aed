-- Tells the sidecar that something new is stored, so that it need not wait for its next look. The address stands in orthanc.json:
-- "Gantry": { "WebHook": "http://localhost:8043/api/orthanc/new-instance" }.
--
-- Orthanc runs this after the sender has had its answer, on a thread of its own; but while it runs, no other script does, and
-- ReceivedInstanceFilter must not wait for us. So nothing is waited for long (HttpTimeout of orthanc.json; newer versions let
-- a script choose), and after a failure nothing is said for a while: the sidecar looks by itself every few seconds.
local hook = (GetOrthancConfiguration()["Gantry"] or {})["WebHook"]
local quiet_until = 0

function OnStoredInstance(instance, tags, metadata, origin)
  if hook == nil or os.time() < quiet_until then
    return
  end
  -- Orthanc 1.10 does not have it
  if SetHttpTimeout ~= nil then
    SetHttpTimeout(1)
  end
  if HttpPost(hook, "{}", { ["Content-Type"] = "application/json" }) == nil then
    quiet_until = os.time() + 30
  end
end
