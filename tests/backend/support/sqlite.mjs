// Changes a store behind the program's back, as somebody with a disk editor would. Node 18 has no SQLite; Python has.
import { spawnSync } from "node:child_process";

export function run_sql(path, sql) {
  const script = "import sqlite3, sys\nwith sqlite3.connect(sys.argv[1]) as c: c.execute(sys.argv[2])";
  const run = spawnSync("python3", ["-c", script, path, sql], { encoding: "utf8" });
  if (run.status !== 0) throw new Error(run.stderr);
}

// The first value of the first row, as text.
export function query_sql(path, sql) {
  const script = "import sqlite3, sys\nwith sqlite3.connect(sys.argv[1]) as c: print(c.execute(sys.argv[2]).fetchone()[0])";
  const run = spawnSync("python3", ["-c", script, path, sql], { encoding: "utf8" });
  if (run.status !== 0) throw new Error(run.stderr);
  return run.stdout.trim();
}
