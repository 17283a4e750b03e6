// SPDX-License-Identifier: Apache-2.0

const KEY = "panacall-token";
const RETRY_MS_MAX = 10_000;

/** What the server refuses; `kind` is the last word of the problem's type. */
export class Problem extends Error {
  constructor(kind, detail) {
    super(detail);
    this.kind = kind;
  }
}

/** The REST interface with this tab's session. The token lives as long as the tab. */
export const server = {
  get signedIn() {
    return sessionStorage.getItem(KEY) !== null;
  },

  signOut() {
    sessionStorage.removeItem(KEY);
  },

  async signIn(userName, password) {
    const session = await this.ask("POST", "/sessions", { userName, password });
    sessionStorage.setItem(KEY, session.token);
    return session.person;
  },

  async ask(method, path, body) {
    const headers = { "Content-Type": "application/json" };
    if (this.signedIn) {
      headers.Authorization = `Bearer ${sessionStorage.getItem(KEY)}`;
    }
    if (method === "POST") {
      headers["Idempotency-Key"] = uniqueKey();
    }
    let answer;
    try {
      answer = await fetch(`/api/v1${path}`, {
        method,
        headers,
        body: body === undefined ? undefined : JSON.stringify(body),
      });
    } catch {
      throw new Problem("service-away", "");
    }
    if (!answer.ok) {
      const problem = await answer.json().catch(() => ({}));
      const kind = (problem.type ?? "internal").split(":").at(-1);
      throw new Problem(kind, problem.detail ?? "");
    }
    return answer.status === 204 ? null : answer.json();
  },

  /** Events until the session is over; returns what ends them. */
  events(onEvent, onLive) {
    let socket;
    let over = false;
    let pauseMs = 500;
    const open = () => {
      socket = new WebSocket(`${location.origin.replace(/^http/, "ws")}/api/v1/events`);
      // The token goes into the first message, so that no address or log has it.
      socket.onopen = () =>
        socket.send(JSON.stringify({ token: sessionStorage.getItem(KEY) }));
      socket.onmessage = (message) => {
        const event = JSON.parse(message.data);
        pauseMs = 500;
        if (event.type === "signed-in") {
          onLive(true);
        }
        onEvent(event);
      };
      socket.onclose = () => {
        if (!over) {
          onLive(false);
          setTimeout(() => over || open(), pauseMs);
          pauseMs = Math.min(2 * pauseMs, RETRY_MS_MAX);
        }
      };
    };
    open();
    return () => {
      over = true;
      socket.close();
    };
  },
};

/** Works on plain HTTP too, where crypto.randomUUID does not exist. */
function uniqueKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
