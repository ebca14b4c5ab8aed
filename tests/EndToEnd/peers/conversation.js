// One association of dcmjs-dimse. Argument: { host, port, calling, called, steps: [ ... ] } as JSON, with the steps
//   { do: 'echo' }
//   { do: 'find', keys: { PatientName: '' }, cancelAfter: 2 }      cancelAfter is optional
//   { do: 'create' | 'set', uid, attributes: { ... } }
//   { do: 'get', uid, tags: ['PatientName'] }
// Prints a line of JSON per response: { step, status, comment, uid, data }. Exit status 1 if the network failed.
'use strict';
const { Client, Dataset, log, requests, constants } = require('dcmjs-dimse');

const { ModalityPerformedProcedureStep } = constants.SopClass;

const conversation = JSON.parse(process.argv[2]);
log.setLevel('silent');

const make = {
  echo: () => new requests.CEchoRequest(),
  find: (step) => requests.CFindRequest.createWorklistFindRequest(step.keys),
  create: (step) => withData(new requests.NCreateRequest(ModalityPerformedProcedureStep, step.uid), step.attributes),
  set: (step) => withData(new requests.NSetRequest(ModalityPerformedProcedureStep, step.uid), step.attributes),
  get: (step) => new requests.NGetRequest(ModalityPerformedProcedureStep, step.uid, step.tags ?? []),
};

function withData(request, attributes) {
  request.setDataset(new Dataset(attributes));
  return request;
}

const client = new Client();
conversation.steps.forEach((step, index) => {
  const request = make[step.do](step);
  let pending = 0;
  request.on('response', (response) => {
    const command = response.getCommandDataset().getElements();
    console.log(JSON.stringify({
      step: index,
      status: response.getStatus(),
      // The library carries a comment on to later responses of the association
      comment: response.getStatus() === constants.Status.Success ? '' : command.ErrorComment ?? '',
      uid: command.AffectedSOPInstanceUID ?? '',
      data: response.hasDataset() ? response.getDataset().getElements() : null,
    }));
    if (response.getStatus() === 0xff00 || response.getStatus() === 0xff01) pending += 1;
    if (pending === step.cancelAfter) client.cancel(request);
  });
  client.addRequest(request);
});

let failure = null;
let released = false;
// After a cancel the library asks for release once per response that it has seen; errors from that come after the release
client.on('networkError', (error) => { if (!released) failure = `network error: ${error.message}`; });
client.on('associationRejected', (reject) => { failure = `association rejected: ${JSON.stringify(reject)}`; });
client.on('associationReleased', () => { released = true; });
client.on('closed', () => {
  if (failure === null && !released) failure = 'the association ended without a release';
  if (failure !== null) console.log(JSON.stringify({ failure }));
  process.exitCode = failure === null ? 0 : 1;
});
client.send(conversation.host, conversation.port, conversation.calling, conversation.called, {
  pduTimeout: 20000,
  // After a cancel the library takes itself for done at once; what still comes and goes has to fit before the release
  associationLingerTimeout: conversation.steps.some((step) => step.cancelAfter) ? 5000 : 50,
});
