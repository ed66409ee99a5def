// A park with one service whose morning blocks have a single seat, and enterprises that hold an afternoon's.
import { randomUUID } from "node:crypto";
import { join } from "node:path";

import { demo_catalog, make_park, sign_in_all } from "../../backend/support/park.mjs";
import { top } from "../../backend/support/server.mjs";
import { monday_morning } from "./app.mjs";

export const seat = (date, start) => ({ service: "qualification", date, start });

export function narrow_catalog() {
  const catalog = demo_catalog();
  const service = catalog.services.find((one) => one.id === "qualification");
  service.weekly = [["09:00", "11:00", 1], ["14:00", "16:00", 5]].map(([start, end, capacity]) => ({
    weekdays: 31, span: { start, end }, capacity, emergency_reserve: 0 }));
  catalog.services = [service];
  return catalog;
}

// Each enterprise's client is signed in and holds `bookings[i]`, 3 December 14:00.
export async function make_narrow_park(enterprises) {
  const park = await make_park({ enterprises, catalog: narrow_catalog(),
    server: { now: monday_morning, args: ["--web", join(top, "build", "web", "dist")] } });
  const clients = await sign_in_all(park.server, park.accounts);
  const bookings = [];
  for (const client of clients) {
    const booking = randomUUID();
    const result = await client.push({ type: "book_appointment", booking, block: seat("2026-12-03", "14:00") });
    if (!result.accepted) throw new Error(JSON.stringify(result));
    bookings.push(booking);
  }
  return { ...park, clients, bookings };
}
