// A clinic's day: states change as they happen, and 'Send to modality' needs no new page. Without this script the form does.
const day = document.querySelector("[data-clinic]");
const said = document.getElementById("said");
const api = `/api/clinic/${day.dataset.clinic}/statuses`;

function show(status, quietly) {
  const row = document.getElementById(`appointment-${status.appointment_id}`);
  const cell = row?.querySelector("[data-status]");
  if (!cell || cell.dataset.status === status.state) return;
  cell.dataset.status = status.state;
  // Made by the server of constants
  cell.innerHTML = status.html;
  const form = row.querySelector("form");
  if (status.state !== "checked_in" && form) {
    const hadFocus = form.contains(document.activeElement);
    form.remove();
    if (hadFocus) row.querySelector("a").focus();
  }
  if (quietly) return;
  row.classList.remove("app-flash");
  void row.offsetWidth;
  row.classList.add("app-flash");
  said.textContent = `${row.querySelector("a").textContent.trim()}: ${status.text}`;
}

async function refresh() {
  const answer = await fetch(api, { headers: { Accept: "application/json" } }).catch(() => null);
  if (answer?.ok) (await answer.json()).statuses.forEach((status) => show(status, true)); else live.comeBack();
}

live.follow(`${api}/stream?after=${day.dataset.position}`, (event) => {
  if (event.type === "connected") refresh();
  if (event.type === "status_change") show(event);
});

day.addEventListener("submit", async (submitted) => {
  const form = submitted.target;
  submitted.preventDefault();
  // Not disabled: a disabled button loses the focus, and with it whoever works by keyboard their place
  if (form.dataset.sending) return;
  form.dataset.sending = "yes";
  try {
    const answer = await fetch(form.action, { method: "POST", body: new FormData(form), headers: { Accept: "application/json" } });
    if (!answer.headers.get("Content-Type")?.startsWith("application/json")) throw new Error();
    const result = await answer.json();
    said.textContent = result.message;
    if (!result.sent) form.submit();
  } catch {
    // The plain way shows what is wrong
    form.submit();
  }
});
