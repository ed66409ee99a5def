// An id as the page makes them: a UUID of version 7 (RFC 9562).
import { randomUUID } from "node:crypto";

export function time_ordered_uuid() {
  const time = Date.now().toString(16).padStart(12, "0");
  return `${time.slice(0, 8)}-${time.slice(8)}-7${randomUUID().slice(15)}`;
}
