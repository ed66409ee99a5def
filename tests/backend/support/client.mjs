// A signed-in user's side of the protocol: session, push with gap-free sequence numbers, pull by cookie.
import { randomUUID } from "node:crypto";

import { protocol_version } from "./commands.mjs";
import { time_ordered_uuid } from "./time_ordered_uuid.mjs";

const session_path = "/api/v1/session";

// No value of ours has a comma. Node 18 gives several headers of one name joined.
export function set_cookies(headers) {
  return (headers.get("set-cookie") ?? "").split(", ").filter(Boolean);
}

export class Client {
  constructor(url) {
    this.url = url;
    this.session_cookie = "";
    this.device_cookie = "";  // sent with sign-ins; a browser that has it is known to its user
    this.csrf_token = "";
    this.id = randomUUID();
    this.seq = 0;
    this.cookie = "";
    this.rows = new Map();  // by key, as the replica holds them
    this.ledger = [];
  }

  // {status, headers, body}; the body is parsed when it is JSON.
  async request(method, path, body, headers = {}) {
    const all = { ...headers };
    const cookies = [this.session_cookie, path === session_path ? this.device_cookie : ""].filter(Boolean);
    if (cookies.length > 0) all.cookie = cookies.join("; ");
    if (method !== "GET" && this.csrf_token && !("x-yuanyue-csrf" in all)) {
      all["x-yuanyue-csrf"] = this.csrf_token;
    }
    if (body !== undefined && !("content-type" in all)) all["content-type"] = "application/json";
    const answer = await fetch(this.url + path, {
      method,
      headers: all,
      body: body === undefined || typeof body === "string" ? body : JSON.stringify(body),
    });
    for (const set_cookie of set_cookies(answer.headers)) {
      const pair = set_cookie.split(";")[0];
      if (pair.includes("yuanyue_session=")) this.session_cookie = pair;
      if (pair.includes("yuanyue_device=")) this.device_cookie = pair;
    }
    const text = await answer.text();
    const is_json = (answer.headers.get("content-type") ?? "").startsWith("application/json");
    return { status: answer.status, headers: answer.headers, body: is_json ? JSON.parse(text) : text };
  }

  async sign_in(name, password, headers = {}) {
    const answer = await this.request("POST", session_path, { name, password }, headers);
    if (answer.status === 200) {
      this.csrf_token = answer.body.csrf_token;
      this.user = answer.body.user;
      this.enterprise = answer.body.enterprise;
    }
    return answer;
  }

  async change_password(current_password, new_password) {
    const answer = await this.request("POST", "/api/v1/password", { current_password, new_password });
    if (answer.status === 200) this.csrf_token = answer.body.csrf_token;
    return answer;
  }

  async sign_out() {
    return this.request("DELETE", session_path);
  }

  // Signs in with a first password and changes it.
  async sign_in_first(name, password, new_password) {
    const signed_in = await this.sign_in(name, password);
    if (signed_in.status !== 200) throw new Error(`sign-in of ${name}: ${signed_in.status}`);
    const changed = await this.change_password(password, new_password);
    if (changed.status !== 200) throw new Error(`password of ${name}: ${changed.status}`);
  }

  envelope(...commands) {
    return {
      protocol: protocol_version,
      client: this.id,
      commands: commands.map((command) => ({ seq: ++this.seq, id: time_ordered_uuid(), command })),
    };
  }

  async push_envelope(envelope) {
    return this.request("POST", "/api/v1/push", envelope);
  }

  // One command; gives its result.
  async push(command) {
    const answer = await this.push_envelope(this.envelope(command));
    if (answer.status !== 200) {
      throw new Error(`push: ${answer.status} ${JSON.stringify(answer.body)}`);
    }
    return answer.body.results[0];
  }

  // Brings the rows up to date; gives the answer's body.
  async pull(wait_ms = 0) {
    const query = new URLSearchParams({ client: this.id, cookie: this.cookie, wait_ms: String(wait_ms) });
    if (!this.cookie) query.delete("cookie");
    const answer = await this.request("GET", `/api/v1/pull?${query}`);
    if (answer.status !== 200) {
      throw new Error(`pull: ${answer.status} ${JSON.stringify(answer.body)}`);
    }
    const body = answer.body;
    if (body.reset) {
      this.rows.clear();
      this.ledger = [];
    }
    for (const row of body.rows) this.rows.set(row_key(row), row);
    for (const key of body.deletes) this.rows.delete(row_key(key));
    this.ledger.push(...body.ledger);
    this.cookie = body.cookie;
    return body;
  }

  all(type) {
    return [...this.rows.values()].filter((row) => row.type === type);
  }
}

// Names a row or a row key the same way.
export function row_key(row) {
  if (row.type === "block") return `block ${JSON.stringify(block_of(row))}`;
  if (row.type === "block_override") return `block_override ${JSON.stringify(block_of(row))}`;
  if (row.type === "calendar_year") return `calendar_year ${row.year}`;
  if (row.type === "waiting_place") {
    const { entry, date, start } = row.key ?? row;
    return `waiting_place ${entry} ${date} ${start}`;
  }
  return `${row.type} ${row.id}`;
}

function block_of(row) {
  const key = row.key ?? row.block ?? row;
  return [key.service, key.date, key.start];
}
