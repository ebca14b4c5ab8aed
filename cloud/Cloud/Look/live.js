// What live pages share: a stream of events that is never given up, and a way back to the page when all else fails.
let leaving = false;

// Loads the page anew, but only when it is there: an error page would have no script to come back from.
function comeBack() {
  if (leaving) return;
  leaving = true;
  setTimeout(async () => {
    leaving = false;
    const status = await fetch(location.href, { headers: { Accept: "text/html" } }).then((answer) => answer.status, () => 0);
    if (status !== 0 && status !== 429 && status < 500) location.reload(); else comeBack();
  }, 3000);
}

// Calls back with each event. After an end the browser asks again by itself and says what it has seen; after an answer that is no stream
// (signed out, or the server was starting) it does not.
function follow(address, happened) {
  const stream = new EventSource(address);
  stream.onmessage = (message) => {
    const event = JSON.parse(message.data);
    if (event.type !== "error") happened(event);
  };
  stream.onerror = () => { if (stream.readyState === EventSource.CLOSED) comeBack(); };
}

window.live = { comeBack, follow };
