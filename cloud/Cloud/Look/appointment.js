// An appointment: state and images appear as they come. Without this script the page shows what there was when it was made.
const exam = document.getElementById("exam");
const said = document.getElementById("said");
const page = location.pathname;
const api = `/api${page}`;
let busy = false, again = false;

async function refresh() {
  if (busy) { again = true; return; }
  busy = true;
  try {
    do {
      again = false;
      const answer = await fetch(`${page}?handler=Exam`, { headers: { Accept: "text/html" } });
      if (!answer.ok || answer.redirected) { location.reload(); return; }
      const focused = exam.contains(document.activeElement) ? document.activeElement.id : "";
      const text = await answer.text();
      if (text !== exam.dataset.text) {
        exam.dataset.text = text;
        exam.innerHTML = text;
        if (focused) document.getElementById(focused)?.focus();
      }
    } while (again);
  } finally {
    busy = false;
  }
}

function follow(kind, tell) {
  const stream = new EventSource(`${api}/${kind}/stream?after=${exam.dataset.position}`);
  stream.onmessage = (message) => {
    const event = JSON.parse(message.data);
    if (event.type !== "connected") said.textContent = tell(event);
    refresh();
  };
  stream.onerror = () => { if (stream.readyState === EventSource.CLOSED) setTimeout(() => location.reload(), 3000); };
}

follow("status", (event) => `Status: ${event.text}`);
follow("images", (event) => `New image: ${[event.laterality, event.view_position].filter(Boolean).join(" ")}`);
