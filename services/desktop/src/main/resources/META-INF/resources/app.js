// SPDX-License-Identifier: Apache-2.0

import { server } from "./server.js";
import { texts } from "./texts.js";

const LANGUAGE = "panacall-language";
const REFRESH_MS = 10_000;
const GATHER_MS = 150;

const find = (id) => document.getElementById(id);
let words = texts.ru;
let me = null;
let board = { calls: [], queues: [], agents: [] };
let endEvents = () => {};
let gathering = null;

function speak(language) {
  words = texts[language];
  document.documentElement.lang = language;
  localStorage.setItem(LANGUAGE, language);
  find("language").value = language;
  for (const place of document.querySelectorAll("[data-text]")) {
    place.textContent = words[place.dataset.text];
  }
  draw();
}

function say(text, isProblem = false) {
  find("message").textContent = text;
  find("message").classList.toggle("problem", isProblem);
}

function complain(problem) {
  say(words[problem.kind] ?? words.internal, true);
  if (problem.kind === "not-signed-in") {
    leave();
  }
}

function cells(row, values) {
  for (const [text, kind] of values) {
    const cell = row.insertCell();
    cell.textContent = text;
    cell.className = kind ?? "";
  }
}

/** A cell that counts on by itself. */
function clock(row, start) {
  const cell = row.insertCell();
  cell.className = "time";
  cell.dataset.since = start;
  cell.textContent = since(start);
}

/** Leaves a table alone that would look the same, so that nobody's click or focus gets lost. */
function fill(id, items, columns, write) {
  const body = find(id);
  const looks = document.documentElement.lang + JSON.stringify(items);
  if (body.looks === looks) {
    return;
  }
  body.looks = looks;
  body.replaceChildren();
  for (const item of items) {
    write(body.insertRow(), item);
  }
  if (items.length === 0) {
    const cell = body.insertRow().insertCell();
    cell.colSpan = columns;
    cell.className = "none";
    cell.textContent = words.nothing;
  }
}

function since(time) {
  const start = Date.parse(time);
  if (Number.isNaN(start)) {
    return "";
  }
  const seconds = Math.max(0, Math.floor((Date.now() - start) / 1000));
  const minutes = Math.floor(seconds / 60);
  return `${minutes}:${String(seconds % 60).padStart(2, "0")}`;
}

function stage(call) {
  const agents = call.legs.filter((leg) => leg.role === "agent");
  if (agents.some((leg) => leg.joined.length > 0)) {
    return words.talk;
  }
  if (agents.some((leg) => leg.state === "ringing")) {
    return words.ringing;
  }
  return words[call.controller] ?? "";
}

function callRow(row, call) {
  const agents = call.legs.filter((leg) => leg.role === "agent" && leg.state !== "ended");
  cells(row, [
    [words[call.direction] ?? ""],
    [call.from ?? ""],
    [call.to ?? ""],
    [stage(call)],
    [agents.map((leg) => leg.party).join(", ")],
  ]);
  clock(row, call.startedAt);
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = words.hangUp;
  button.dataset.call = call.id;
  button.setAttribute("aria-label", `${words.hangUp}: ${call.from ?? ""}`);
  button.onclick = () =>
    server.ask("POST", `/calls/${call.id}/hangup`).then(refresh, complain);
  row.insertCell().append(button);
}

function queueRow(row, queue) {
  cells(row, [
    [queue.extension ? `${queue.name} (${queue.extension})` : queue.name],
    [queue.waiting ?? "", "count"],
    [queue.waiting > 0 ? iso(queue.longestWait) : "", "time"],
    [queue.agentsReady ?? "", "count"],
    [queue.agentsOnCall ?? "", "count"],
    [words[queue.strategy] ?? queue.strategy ?? ""],
    [queue.agents.join(", ")],
  ]);
}

/** "PT1M15.2S" as 1:15. */
function iso(duration) {
  const parts = /^PT(?:(\d+)H)?(?:(\d+)M)?(?:([\d.]+)S)?$/.exec(duration ?? "PT0S") ?? [];
  const minutes = Number(parts[1] ?? 0) * 60 + Number(parts[2] ?? 0);
  return `${minutes}:${String(Math.floor(Number(parts[3] ?? 0))).padStart(2, "0")}`;
}

function agentRow(row, agent) {
  cells(row, [
    [agent.extension],
    [agent.name],
    [words[agent.state] ?? ""],
  ]);
  clock(row, agent.since);
  cells(row, [[agent.registered ? words.registered : words.unregistered]]);
}

function draw() {
  find("sign-in").hidden = me !== null;
  find("board").hidden = me === null;
  find("sign-out").hidden = me === null;
  find("clinic").textContent = me === null ? "" : `${me.tenantName} · ${me.name}`;
  if (me === null) {
    return;
  }
  // Rows may be made anew; whoever is on a button by keyboard stays on it.
  const focused = document.activeElement?.dataset?.call;
  fill("calls", board.calls, 7, callRow);
  fill("queues", board.queues, 7, queueRow);
  fill("agents", board.agents, 5, agentRow);
  if (focused) {
    document.querySelector(`[data-call="${CSS.escape(focused)}"]`)?.focus();
  }
  const own = board.agents.find((agent) => agent.extension === me.extension);
  find("me").hidden = own === undefined;
  find("my-state").textContent = own ? words[own.state] ?? "" : "";
  find("who").hidden = me.roles.length === 1 && me.roles[0] === "agent";
}

async function refresh() {
  if (me === null) {
    return;
  }
  const names = ["calls", "queues", "agents"];
  const answers = await Promise.allSettled(names.map((name) => server.ask("GET", `/${name}`)));
  for (const [index, answer] of answers.entries()) {
    // What a service that is away would tell is better unknown than old.
    board[names[index]] = answer.value?.items ?? [];
  }
  draw();
  const fault = answers.find((answer) => answer.status === "rejected");
  if (fault) {
    complain(fault.reason);
  }
}

/** Events come in bursts; one look after each burst is enough. */
function refreshSoon() {
  gathering ??= setTimeout(() => {
    gathering = null;
    refresh();
  }, GATHER_MS);
}

function enter(person) {
  me = person;
  endEvents = server.events(refreshSoon, (live) => say(live ? words.live : words.lost, !live));
  draw();
  refresh();
}

function leave() {
  endEvents();
  server.signOut();
  me = null;
  board = { calls: [], queues: [], agents: [] };
  draw();
  find("user").focus();
}

function changeState(state) {
  server.ask("PUT", `/agents/${me.extension}/state`, { state }).then(refresh, complain);
}

find("sign-in").onsubmit = (event) => {
  event.preventDefault();
  server
    .signIn(find("user").value.trim(), find("password").value)
    .then((person) => {
      find("password").value = "";
      say("");
      enter(person);
    })
    .catch(complain);
};

find("place").onsubmit = (event) => {
  event.preventDefault();
  const extension = find("who").hidden ? me.extension : find("place-extension").value.trim();
  server
    .ask("POST", "/calls", {
      extension: extension || me.extension,
      number: find("place-number").value,
    })
    .then(() => say(words.placed), complain);
};

find("ready").onclick = () => changeState("ready");
find("not-ready").onclick = () => changeState("not-ready");
find("sign-out").onclick = () => leave();
find("language").onchange = (event) => speak(event.target.value);

setInterval(refresh, REFRESH_MS);
setInterval(() => {
  for (const cell of document.querySelectorAll("[data-since]")) {
    cell.textContent = since(cell.dataset.since);
  }
}, 1_000);

const spoken = localStorage.getItem(LANGUAGE) ?? navigator.language.slice(0, 2);
speak(spoken in texts ? spoken : "ru");
if (server.signedIn) {
  server.ask("GET", "/session").then(enter, complain);
}
