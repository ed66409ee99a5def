// A park for tests: a catalog made from the demonstration's, and as many enterprises as wanted.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { Client } from "./client.mjs";
import { run_cli_json, Server, temp_folder, top } from "./server.mjs";

const alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";
const weights = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];

// A valid unified social credit code; different for each number.
export function credit_code(number) {
  const body = "91310000TE5T" + String(number).padStart(5, "0");
  const sum = [...body].reduce((total, c, i) => total + alphabet.indexOf(c) * weights[i], 0);
  return body + alphabet[(31 - (sum % 31)) % 31];
}

export function demo_catalog() {
  return JSON.parse(readFileSync(join(top, "assets", "catalog", "lingang.json"), "utf8"));
}

// A server whose park has the catalog and so many enterprises, each with an account and its first password. They come
// through the serving process, so that they are as old as its clock says.
// options: enterprises (number), catalog (object), tags (number → text), server (options of Server.start)
export async function make_park(options = {}) {
  const data = temp_folder();
  const server = await Server.start({ ...options.server, data });
  const catalog_file = join(data, "catalog.json");
  writeFileSync(catalog_file, JSON.stringify(options.catalog ?? demo_catalog()));
  run_cli_json("catalog", "import", catalog_file, "--data", data);
  const lines = ["name,credit_code,tags,contact"];
  for (let i = 0; i < (options.enterprises ?? 2); ++i) {
    lines.push(`企业 ${i} 有限公司,${credit_code(i)},${options.tags?.(i) ?? ""},联系人 ${i}`);
  }
  const csv_file = join(data, "enterprises.csv");
  writeFileSync(csv_file, lines.join("\n"));
  const imported = run_cli_json("enterprise", "import", csv_file, "--json", "--data", data);
  return { server, data, accounts: imported.created };
}

export const test_password = "correct horse battery";

// Signs every account in for the first time and gives their clients.
export async function sign_in_all(server, accounts) {
  return Promise.all(
    accounts.map(async (account) => {
      const client = new Client(server.url);
      await client.sign_in_first(account.user, account.password, test_password);
      return client;
    }),
  );
}

// A Monday without holidays in the weeks around it.
export const monday_morning = "2026-11-23T09:00:00+08:00";

export function block(service, date, start) {
  return { service, date, start };
}
