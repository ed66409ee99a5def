// Orders for the fault shim (tests/backend/faults/fault_shim.cpp) that is loaded into a server.
import { openSync, readFileSync, writeFileSync, writeSync } from "node:fs";
import { join } from "node:path";

import { temp_folder, top } from "./server.mjs";

export const errno = { io: 5, no_space: 28, read_only: 30 };
const places = ["write_error", "flush_error", "clock_ms", "refused"];

export class Faults {
  constructor() {
    this.path = join(temp_folder(), "orders");
    writeFileSync(this.path, Buffer.alloc(8 * places.length));
    this.file = openSync(this.path, "r+");
    this.env = { LD_PRELOAD: join(top, "build", "native", "libfault_shim.so"), YUANYUE_FAULTS: this.path };
  }

  order(name, value) {
    const bytes = Buffer.alloc(8);
    bytes.writeBigInt64LE(BigInt(value));
    writeSync(this.file, bytes, 0, 8, 8 * places.indexOf(name));
  }

  // How many calls were refused so far: a fault that never happened proves nothing.
  refused() {
    return Number(readFileSync(this.path).readBigInt64LE(8 * places.indexOf("refused")));
  }
}
