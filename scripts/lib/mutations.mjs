// Small faults in C++ as a person would make them: where a text has a place for one, and the text with it. Nothing is parsed
// beyond brackets and words; what does not compile is drawn again by scripts/mutate.

// `text` with comments, strings, characters and preprocessor lines blanked out, so that places are the same in both.
export function code_only(text) {
  const blank = (found) => found.replace(/[^\n]/g, " ");
  const tokens = /\/\/[^\n]*|\/\*[\s\S]*?\*\/|R"([^(\s]*)\([\s\S]*?\)\1"|"(?:[^"\\\n]|\\.)*"|(?<![0-9a-fA-F])'(?:[^'\\\n]|\\.)*'|^[ \t]*#(?:[^\n]*\\\n)*[^\n]*/gm;
  return text.replace(tokens, blank);
}

// Index behind the bracket that closes the one at `open`, or -1.
function behind_bracket(code, open) {
  let depth = 0;
  for (let at = open; at < code.length; at++) {
    if ("([{".includes(code[at])) depth++;
    if (")]}".includes(code[at]) && --depth === 0) return at + 1;
  }
  return -1;
}

// Parts between `separator` outside of inner brackets, as [begin, end).
function parts(code, begin, end, separator) {
  const found = [];
  let depth = 0;
  let start = begin;
  for (let at = begin; at < end; at++) {
    if ("([{".includes(code[at])) depth++;
    if (")]}".includes(code[at])) depth--;
    if (depth === 0 && code.startsWith(separator, at)) {
      found.push([start, at]);
      start = at + separator.length;
      at = start - 1;
    }
  }
  found.push([start, end]);
  return found;
}

function* matches(code, pattern) {
  for (const match of code.matchAll(pattern)) yield match;
}

const replaced = (at, length, text) => ({ at, length, text });

const boundary_of = { "<": "<=", "<=": "<", ">": ">=", ">=": ">" };
const negation_of = { "<": ">=", "<=": ">", ">": "<=", ">=": "<", "==": "!=", "!=": "==" };
// With a space on both sides only comparisons are written so, never the brackets of a template.
const comparison = /(?<= )(<=?|>=?|==|!=)(?=\s)/g;

function* boundaries(code) {
  for (const { 0: sign, index } of matches(code, comparison)) {
    if (boundary_of[sign]) yield replaced(index, sign.length, boundary_of[sign]);
  }
}

function* relations(code) {
  for (const { 0: sign, index } of matches(code, comparison)) yield replaced(index, sign.length, negation_of[sign]);
  for (const { 0: sign, index } of matches(code, /(?<=\s)(&&|\|\|)(?=\s)/g)) yield replaced(index, 2, sign === "&&" ? "||" : "&&");
}

function* conditions(code, text) {
  for (const { 0: head, index } of matches(code, /\bif \(/g)) {
    const begin = index + head.length;
    const end = behind_bracket(code, begin - 1) - 1;
    if (end < 0) continue;
    const declared = parts(code, begin, end, ";").pop();
    const start = declared[0] + code.slice(...declared).match(/^\s*/)[0].length;
    yield replaced(start, end - start, `!(${text.slice(start, end)})`);
    yield replaced(start, end - start, "false");
    for (const joint of ["&&", "||"]) {
      const terms = parts(code, start, end, ` ${joint} `);
      if (terms.length < 2) continue;
      for (const left_out of terms) {
        const kept = terms.filter((term) => term !== left_out).map((term) => text.slice(...term).trim());
        yield replaced(start, end - start, kept.join(` ${joint} `));
      }
    }
  }
}

// Whole statements that are one call: its result, if any, is not used.
function* calls(code) {
  for (const { index, 1: indent } of matches(code, /^([ \t]+)(?=(?!return\b|if\b|else\b|for\b|while\b|switch\b|case\b|delete\b|throw\b|co_)[\w:.]+[\w:.>\-()[\]]*\()/gm)) {
    const begin = index + indent.length;
    // A statement begins after the end of another, or after a brace or a condition.
    if (!/[;{}):]\s*$/.test(code.slice(0, begin))) continue;
    let at = begin;
    while (at < code.length && code[at] !== ";" && code[at] !== "{" && code[at] !== "}") {
      if ("([".includes(code[at])) {
        const end = behind_bracket(code, at);
        if (end < 0) break;
        at = end;
      } else if (/[\w:.>-]/.test(code[at])) {
        at++;
      } else {
        break;
      }
    }
    if (code[at] === ";" && code[at - 1] === ")") yield replaced(begin, at - begin, "");
  }
}

const is_declaration = /^(const |constexpr |std::\S+ |[\w:<>]+[&*]* +[&*]*\w+$|[\w:]+(<.*>)?[&*]+ ?\w*$|[\w:<>]+[&*]* +[&*]*\w+ = )/;

function* swapped_arguments(code, text) {
  for (const { 0: head, index } of matches(code, /[\w>]\(/g)) {
    const open = index + head.length;
    const called = code.slice(0, open - 1).match(/\w*$/)[0];
    if (/^(if|for|while|switch|return|catch|sizeof|decltype|operator|[A-Z_]+)$/.test(called)) continue;
    const end = behind_bracket(code, open - 1) - 1;
    if (end < 0) continue;
    const given = parts(code, open, end, ",").map(([from, to]) => [from, to, text.slice(from, to).trim()]);
    if (given.some(([, , argument]) => is_declaration.test(argument) || argument === "")) continue;
    for (let i = 0; i + 1 < given.length; i++) {
      const [[from, , left], [, to, right]] = [given[i], given[i + 1]];
      if (left === right || (/^[\d"']/.test(left) !== /^[\d"']/.test(right))) continue;
      const space = text.slice(from).match(/^\s*/)[0];
      yield replaced(from, to - from, `${space}${right}, ${left}`);
    }
  }
}

function* constants(code) {
  for (const { 0: digits, index } of matches(code, /(?<![\w.'])(0|[1-9]\d*)(?=(?:[uU]?[lL]{0,2}|h|s|ms|min)\b)(?![\w.']*[.'])/g)) {
    yield replaced(index, digits.length, String(Number(digits) + 1));
    if (digits !== "0") yield replaced(index, digits.length, String(Number(digits) - 1));
  }
  for (const { 0: word, index } of matches(code, /\b(true|false)\b/g)) {
    yield replaced(index, word.length, word === "true" ? "false" : "true");
  }
  for (const { 0: sign, index } of matches(code, /(?<=[\w)\]] )[+-](?= [\w(])/g)) yield replaced(index, 1, sign === "+" ? "-" : "+");
}

export const operators = { boundary: boundaries, relation: relations, condition: conditions, call: calls, arguments: swapped_arguments, constant: constants };

const line_at = (text, at) => text.slice(0, at).split("\n").length;

// Every fault that `text` has a place for: { operator, line, at, length, text }, `line` counted from 1.
export function faults_of(text) {
  const code = code_only(text);
  const ignored = new Set();
  code.split("\n").forEach((line, index) => {
    if (/static_assert|^\s*(using|typedef|friend|template)\b/.test(line)) ignored.add(index + 1);
  });
  return Object.entries(operators).flatMap(([operator, find]) =>
    [...find(code, text)]
      .map((fault) => ({ operator, line: line_at(text, fault.at), ...fault }))
      .filter((fault) => !ignored.has(fault.line) && text.slice(fault.at, fault.at + fault.length) !== fault.text));
}

export const with_fault = (text, fault) => text.slice(0, fault.at) + fault.text + text.slice(fault.at + fault.length);

// Random numbers in [0, 1) that a seed decides, the same everywhere (mulberry32).
export function random_of(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

function by_line(text) {
  const lines = new Map();
  for (const fault of faults_of(text)) lines.set(fault.line, [...(lines.get(fault.line) ?? []), fault]);
  return lines;
}

// An endless row of faults: a line first, so that one with many places counts no more than another, then one of its places.
// `texts` is a Map of path to text.
export function* draw(texts, seed) {
  const random = random_of(seed);
  const pick = (list) => list[Math.floor(random() * list.length)];
  const lines = [...texts].sort(([a], [b]) => (a < b ? -1 : 1)).flatMap(([path, text]) => {
    return [...by_line(text)].sort(([a], [b]) => a - b).map(([, faults]) => ({ path, faults }));
  });
  if (lines.length === 0) return;
  for (let number = 1; ; number++) {
    const { path, faults } = pick(lines);
    // An operator first, for the same reason.
    const operator = pick([...new Set(faults.map((fault) => fault.operator))]);
    yield { number, path, ...pick(faults.filter((fault) => fault.operator === operator)) };
  }
}
