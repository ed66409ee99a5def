// Bytes to the server and back, for requests that no HTTP library would send.
import { connect } from "node:net";

// Sends `bytes` (a string or Buffer, or several with pauses between them) and gives everything that comes back until the server closes or `wait_ms` have passed:
// {text, closed}. half_close: nothing more will be sent, which the server is told.
export function send_raw(url, bytes, wait_ms = 1_500, { half_close = false } = {}) {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    const socket = connect({ port: Number(port), host: hostname, allowHalfOpen: half_close });
    let text = "";
    const finish = (closed) => {
      clearTimeout(timer);
      socket.destroy();
      resolve({ text, closed });
    };
    const timer = setTimeout(() => finish(false), wait_ms);
    socket.on("data", (data) => (text += data.toString("latin1")));
    socket.on("close", () => finish(true));
    socket.on("end", () => finish(true));
    socket.on("error", (error) => (text ? finish(true) : reject(error)));
    const pieces = Array.isArray(bytes) ? bytes : [bytes];
    pieces.forEach((piece, i) => setTimeout(() => {
      if (!socket.writable) return;
      if (half_close && i === pieces.length - 1) socket.end(piece);
      else socket.write(piece);
    }, 15 * i));
  });
}

export function statuses(text) {
  return [...text.matchAll(/HTTP\/1\.1 (\d{3})/g)].map((match) => Number(match[1]));
}
