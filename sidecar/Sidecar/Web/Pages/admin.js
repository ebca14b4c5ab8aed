"use strict";

// The page asks every five seconds and changes only the cells that differ, so that focus, selection and a screen reader's
// place in a table stay where they are. Only a change of health is announced.
const period = 5000;
const byId = id => document.getElementById(id);
let paused = false;
let timer = 0;

async function get(path) {
  const response = await fetch(path, { headers: { Accept: "application/json" }, signal: AbortSignal.timeout(15000) });
  if (!response.ok && !(path === "/health" && response.status === 503)) throw new Error(`${path} answered ${response.status}`);
  return response.json();
}

function write(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

// A cell is a text, or { text, tag } for a word in a coloured frame. The first cell heads its row.
function fill(body, rows, nothing) {
  if (rows.length === 0) rows = [{ key: "nothing", cells: [{ text: nothing, empty: true }] }];
  const old = new Map([...body.children].map(row => [row.dataset.key, row]));
  rows.forEach((row, place) => {
    let element = old.get(row.key);
    old.delete(row.key);
    if (!element) {
      element = document.createElement("tr");
      element.dataset.key = row.key;
      row.cells.forEach(cell => {
        const made = document.createElement("td");
        if (cell.empty) {
          made.className = "empty";
          made.colSpan = body.parentElement.tHead.rows[0].cells.length;
        }
        if (cell.tag) made.append(document.createElement("span"));
        if (cell.buttons) made.append(...cell.buttons());
        element.append(made);
      });
    }
    row.cells.forEach((cell, i) => {
      if (cell.buttons) return;
      const target = cell.tag ? element.cells[i].firstChild : element.cells[i];
      if (cell.tag) target.className = "tag " + cell.tag;
      write(target, cell.text ?? "");
    });
    if (body.children[place] !== element) body.insertBefore(element, body.children[place] ?? null);
  });
  old.forEach(row => row.remove());
}

const text = value => ({ text: value ?? "" });
const status = word => ({ text: word.replace("_", " ").toLowerCase(), tag: word.replace(" ", "_") });
const clock = time => time && time.length >= 4 ? `${time.slice(0, 2)}:${time.slice(2, 4)}` : time;
const moment = time => time && time.length >= 12
  ? `${time.slice(0, 4)}-${time.slice(4, 6)}-${time.slice(6, 8)} ${time.slice(8, 10)}:${time.slice(10, 12)}` : time;
const person = name => name ? name.split("^").filter(Boolean).join(", ") : "";
const local = instant => new Date(instant).toLocaleString();

function showHealth(health) {
  const bad = health.checks.filter(check => check.status !== "healthy");
  const line = byId("health");
  line.className = "health " + health.status;
  const trouble = bad.map(check => `${check.name} fails at ${check.phase}`).join("; ") + ".";
  write(line, bad.length === 0 ? "Healthy: every listener and the worklist answer."
    : health.status === "degraded" ? "Degraded: the worklist is served, but " + trouble : "Unhealthy: " + trouble);
  showArchive(health.checks.find(check => check.name === "archive"));
  fill(byId("checks"), health.checks.map(check => ({
    key: check.name,
    cells: [text(check.name), { text: check.status, tag: check.status }, text(`${check.milliseconds} ms`),
      text([check.reason ? `${check.phase}: ${check.reason}` : "", ...check.details ?? []].filter(Boolean).join(" "))],
  })), "Nothing has been checked.");
}

function showArchive(check) {
  write(byId("archive"), !check ? "This gateway has no archive."
    : [check.reason ?? "The archive answers: REST, DICOMweb and DICOM.", ...check.details ?? []].join(" "));
}

function showWorklist(page) {
  fill(byId("worklist"), page.items.map(item => ({
    key: item.accession_number,
    cells: [text(clock(item.scheduled_time)), text(item.accession_number), text(person(item.patient_name)), text(item.patient_id),
      text(item.modality), text(item.study_description), text(item.scheduled_station_aet), status(item.status)],
  })), "No order is scheduled for today.");
}

function showRest(statistics, aside, unscheduled, listeners) {
  write(byId("counts"), "All days: " + Object.entries(statistics.counts)
    .map(([word, count]) => `${count} ${word.replace("_", " ").toLowerCase()}`).join(", ") + ".");
  fill(byId("aside"), aside.map(row => ({
    key: row.reference, cells: [text(row.reference), text(row.reason), text(local(row.first_seen)), text(local(row.last_seen))],
  })), "Nothing is set aside.");
  fill(byId("unscheduled"), unscheduled.map(exam => ({
    key: exam.sop_instance_uid,
    cells: [text(moment(exam.start_time)), text(exam.modality), text(exam.calling_ae_title), text(person(exam.patient_name)),
      text(exam.patient_id), text(exam.accession_number), status(exam.status)],
  })), "There are none.");
  write(byId("listeners"), `${listeners.ae_title} listens on ${listeners.end_points.join(", ")}${listeners.tls ? " with TLS" : ""}; `
    + `${listeners.associations} associations now, ${listeners.associations_accepted} so far, ${listeners.associations_rejected} rejected; `
    + `${listeners.requests} requests, ${listeners.requests_failed} of them failed.`);
}

function showEmr(emr) {
  const last = emr.last_run;
  write(byId("emr"), !emr.enabled ? "This gateway has no EMR (EMR_SERVER)."
    : emr.running && !last?.failure ? "A sync runs now."
    : !last ? "No sync has ended yet."
    : (last.failure ? `The last sync failed at ${last.failure} The worklist is served as it is.`
      : `Last sync ${local(last.started_at)}: ${last.read} rows read, ${last.added} orders new, ${last.changed} changed, ${last.cancelled} cancelled.`)
      + (emr.next_run ? ` Next ${local(emr.next_run)}.` : "") + (emr.on_query === "paused" ? " Queries do not wait for it now." : "")
      + ` ${emr.set_aside} rows are set aside; ${emr.write_backs_pending} statuses wait to be told to the EMR, ${emr.write_backs_parked} were refused.`);
}

function showCloud(forwarding, parked) {
  const listener = forwarding.listener;
  write(byId("cloud"), !forwarding.enabled ? "This gateway has no cloud (AZURE_RELAY_NAMESPACE)."
    : `${forwarding.paused ? "Paused by the settings. " : ""}${forwarding.pending} messages wait, ${forwarding.delivered} were delivered since the start. `
      + (forwarding.outage ? `The cloud cannot be reached (${forwarding.outage.phase}): ${forwarding.outage.reason} ` : "")
      + (listener.registered ? "We listen for the cloud's actions." : `We cannot listen for the cloud's actions: ${listener.last_failure ?? "not yet registered."}`));
  byId("parked-part").hidden = parked.length === 0;
  fill(byId("parked"), parked.map(entry => ({
    key: String(entry.id),
    cells: [text(entry.order_key), text(entry.kind), text(local(entry.created_at)), text(entry.reason),
      { buttons: () => [button(`Send again: ${entry.kind} of ${entry.order_key}`, "Send again", "POST", `/api/forwarding/parked/${entry.id}/replay`),
        button(`Drop: ${entry.kind} of ${entry.order_key}`, "Drop", "DELETE", `/api/forwarding/parked/${entry.id}`)] }],
  })), "There are none.");
}

function button(label, words, method, path) {
  const made = document.createElement("button");
  made.type = "button";
  made.textContent = words;
  made.setAttribute("aria-label", label);
  made.addEventListener("click", async () => {
    if (method === "DELETE" && !confirm(`${label}? The cloud will never be told.`)) return;
    made.disabled = true;
    try {
      await fetch(path, { method, signal: AbortSignal.timeout(15000) });
    } finally {
      made.disabled = false;
      update();
    }
  });
  return made;
}

async function update() {
  clearTimeout(timer);
  try {
    const [page, health, statistics, aside, unscheduled, listeners, forwarding, parked, emr] = await Promise.all([
      get("/api/worklist?date=today&take=1000"), get("/health"), get("/api/statistics"), get("/api/set-aside"),
      get("/api/unscheduled-exams"), get("/api/listeners"), get("/api/forwarding"), get("/api/forwarding/parked"), get("/api/emr")]);
    showWorklist(page);
    showHealth(health);
    showRest(statistics, aside, unscheduled, listeners);
    showEmr(emr);
    showCloud(forwarding, parked);
    write(byId("updated"), `Last update ${new Date().toLocaleTimeString()}${page.more ? "; only the first 1000 orders are shown" : ""}`);
  } catch (error) {
    byId("health").className = "health unhealthy";
    write(byId("health"), `This page cannot be brought up to date: ${error.message}. It tries again.`);
  }
  if (!paused) timer = setTimeout(update, period);
}

// 204 where accounts are off
fetch("/api/account").then(async answer => {
  if (answer.status !== 200) return;
  write(byId("account-name"), `Signed in as ${(await answer.json()).name}.`);
  byId("account").hidden = false;
}).catch(() => {});

byId("pause").addEventListener("click", () => {
  paused = !paused;
  byId("pause").setAttribute("aria-pressed", String(paused));
  if (paused) clearTimeout(timer);
  else update();
});
update();
