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
      const answer = await fetch(`${page}?handler=Exam`, { headers: { Accept: "text/html" } }).catch(() => null);
      if (!answer?.ok || answer.redirected) { live.comeBack(); return; }
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
  live.follow(`${api}/${kind}/stream?after=${exam.dataset.position}`, (event) => {
    if (event.type !== "connected") said.textContent = tell(event);
    refresh();
  });
}

follow("status", (event) => `Status: ${event.text}`);
follow("images", (event) => `New image: ${[event.laterality, event.view_position].filter(Boolean).join(" ")}`);
