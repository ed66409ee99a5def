// A pull of one changed row, with few and with very many rows stored.
import { spawnSync } from "node:child_process";
import { join } from "node:path";

import { temp_folder, top } from "../backend/support/server.mjs";

const run = spawnSync(join(top, "build", "native", "store_bench"), [temp_folder()], { encoding: "utf8" });
process.stdout.write(run.stdout);
process.stderr.write(run.stderr);
process.exit(run.status ?? 1);
