// Writes assets/passwords/common.bin: which passwords are the most common ones, as sorted hashes, so that the program
// carries no list of passwords. Run by hand when the list is renewed, in an empty folder:
//   npm pack @zxcvbn-ts/language-common@4.1.3 && tar xzf *.tgz
//   node …/scripts/lib/make_common_passwords.mjs package/src/passwords.json
// The first four bytes of the SHA-256 of each password in lower case, ascending, most significant byte first: a password
// that is not of the list is taken for one in 1 of 87,000 cases. backend/auth/common_passwords.cpp reads it.

import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const shortest = 4; // shorter ones are found in nothing that is long enough

// Missing in a list that was gathered elsewhere.
const added = [
  "a123456789", "abc1234567", "admin12345", "administrator", "letmein1234", "passw0rd123", "qq123456789", "welcome123",
  "woaini", "woaini1314", "woaini520", "woaini520520", "5201314", "1314520", "aini1314", "nihao123", "zhongguo", "shanghai",
  "beijing", "yuanyue", "woshishui", "wodemima", "mima1234", "caonima", "taobao", "alibaba", "wangyut2", "1qaz2wsx3edc4rfv",
  "qwer1234", "asdf1234", "zaq12wsx", "huawei", "xiaomi", "weixin", "wechat",
];

const [list] = process.argv.slice(2);
if (!list) throw new Error("usage: make_common_passwords.mjs passwords.json");
const passwords = new Set([...JSON.parse(readFileSync(list, "utf8")), ...added]
  .map((password) => password.toLowerCase())
  .filter((password) => password.length >= shortest));
const hashes = [...passwords]
  .map((password) => createHash("sha256").update(password).digest().subarray(0, 4))
  .sort(Buffer.compare);
const folder = join(dirname(fileURLToPath(import.meta.url)), "../../assets/passwords");
mkdirSync(folder, { recursive: true });
writeFileSync(join(folder, "common.bin"), Buffer.concat(hashes));
console.log(`${hashes.length} passwords, ${hashes.length * 4} bytes`);
