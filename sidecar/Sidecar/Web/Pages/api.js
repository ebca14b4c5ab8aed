"use strict";

// Lists the calls of /openapi/v1.json and sends them from forms. Nothing is put into the page as HTML, only as text.
const byId = id => document.getElementById(id);
const methods = ["get", "post", "put", "patch", "delete"];
let numbers = 0;

function make(name, properties = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (key.includes("-") || key === "for") element.setAttribute(key, value);
    else element[key] = value;
  }
  element.append(...children);
  return element;
}

function resolve(api, schema) {
  for (let steps = 0; schema && schema.$ref && steps < 10; steps++)
    schema = schema.$ref.replace("#/", "").split("/").reduce((at, part) => at?.[part.replaceAll("~1", "/")], api);
  return schema ?? {};
}

function exampleBody(api, operation) {
  const schema = resolve(api, operation.requestBody?.content?.["application/json"]?.schema);
  const body = {};
  for (const key of Object.keys(schema.properties ?? {})) body[key] = "";
  return JSON.stringify(body, null, 2);
}

function field(parameter) {
  const id = `f${++numbers}`;
  const [type] = [parameter.schema?.type].flat();
  const input = type === "boolean"
    ? make("select", {}, make("option", { value: "", textContent: "" }), make("option", { textContent: "true" }), make("option", { textContent: "false" }))
    : make("input", { type: "text", autocomplete: "off", spellcheck: false, placeholder: parameter.example === undefined ? "" : `for example ${parameter.example}` });
  Object.assign(input, { id, name: parameter.name, required: Boolean(parameter.required) });
  input.setAttribute("aria-describedby", `${id}h`);
  const words = (parameter.description ?? "") + (type === "array" ? " Several values: divide them with commas." : "");
  const block = make("div", {}, make("label", { for: id, textContent: parameter.name + (parameter.required ? " (needed)" : "") }),
    make("p", { id: `${id}h`, className: "hint", textContent: words }), input);
  return { block, value: () => input.value.trim(), parameter, isList: type === "array" };
}

function address(path, fields) {
  const query = new URLSearchParams();
  for (const { parameter, value, isList } of fields) {
    const text = value();
    if (parameter.in === "path") path = path.replace(`{${parameter.name}}`, encodeURIComponent(text));
    else if (parameter.in === "query" && text !== "")
      for (const one of isList ? text.split(",").map(part => part.trim()).filter(Boolean) : [text]) query.append(parameter.name, one);
  }
  const tail = query.toString();
  return tail ? `${path}?${tail}` : path;
}

async function send(method, url, body, answer) {
  answer.replaceChildren(make("p", { textContent: `${method} ${url} is under way.` }));
  const start = performance.now();
  try {
    const response = await fetch(url, { method, body, headers: body ? { "Content-Type": "application/json" } : {}, signal: AbortSignal.timeout(120000) });
    const type = response.headers.get("Content-Type") ?? "";
    const line = make("p", { textContent: `${method} ${url}: ${response.status} ${response.statusText}, ${type || "no content"}, ${Math.round(performance.now() - start)} ms` });
    if (type.startsWith("image/")) {
      await response.arrayBuffer();
      answer.replaceChildren(line, make("img", { src: url, alt: "The frame that was asked for" }));
      return;
    }
    const text = await response.text();
    let shown = text;
    if (type.includes("json") && text) shown = JSON.stringify(JSON.parse(text), null, 2);
    if (shown.length > 200000) shown = shown.slice(0, 200000) + "\n(cut here)";
    answer.replaceChildren(line, ...shown ? [make("pre", { tabIndex: 0, textContent: shown })] : []);
  } catch (error) {
    answer.replaceChildren(make("p", { textContent: `${method} ${url} failed: ${error.message}` }));
  }
}

function show(api, path, method, operation) {
  const fields = (operation.parameters ?? []).map(field);
  const answer = make("div", { className: "answer" });
  answer.setAttribute("role", "status");
  const form = make("form", {}, ...fields.map(one => one.block));
  let area = null;
  if (operation.requestBody) {
    const id = `f${++numbers}`;
    area = make("textarea", { id, spellcheck: false, value: exampleBody(api, operation) });
    form.append(make("div", {}, make("label", { for: id, textContent: "Body (JSON); fields that stay empty may be left out" }), area));
  }
  form.append(make("div", {}, make("button", { type: "submit", textContent: method === "get" ? "Send" : "Send (changes data)" })));
  form.addEventListener("submit", event => {
    event.preventDefault();
    const url = address(path, fields);
    if (method === "delete" && !confirm(`Really send DELETE ${url}?`)) return;
    send(method.toUpperCase(), url, area?.value, answer);
  });
  const block = make("details", { id: operation.operationId ?? "" },
    make("summary", {}, make("span", { className: "method", textContent: method.toUpperCase() }), make("code", { textContent: path }), ` ${operation.summary ?? ""}`));
  if (operation.description) block.append(make("p", { className: "about", textContent: operation.description }));
  block.append(make("p", { className: "hint", textContent: "Answers: " + Object.entries(operation.responses ?? {})
    .map(([status, response]) => `${status} ${response.description ?? ""}`.trim()).join(", ") }), form, answer);
  return block;
}

async function start() {
  try {
    const api = await (await fetch("/openapi/v1.json")).json();
    const sections = new Map();
    for (const [path, operations] of Object.entries(api.paths))
      for (const method of methods.filter(name => operations[name])) {
        const tag = operations[method].tags?.[0] ?? "Other";
        if (!sections.has(tag)) sections.set(tag, make("section", {}, make("h2", { textContent: tag })));
        sections.get(tag).append(show(api, path, method, operations[method]));
      }
    byId("operations").replaceChildren(...sections.values());
    byId("state").className = "health healthy";
    byId("state").textContent = `${api.info.title}: ${[...sections.keys()].join(", ")}.`;
    const wanted = byId(decodeURIComponent(location.hash.slice(1)));
    if (wanted instanceof HTMLDetailsElement) {
      wanted.open = true;
      wanted.scrollIntoView();
    }
  } catch (error) {
    byId("state").className = "health unhealthy";
    byId("state").textContent = `The description cannot be read: ${error.message}. Load the page again.`;
  }
}
start();
