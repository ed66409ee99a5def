// What a row, command or domain does not answer does not compile, and the compiler names the question.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

const top = join(dirname(fileURLToPath(import.meta.url)), "../..");

function compile(source) {
  const run = spawnSync("c++", ["-std=c++23", "-fsyntax-only", "-DJSON_NOEXCEPTION=1", "-I", top, "-x", "c++", "-"], { input: source, encoding: "utf8" });
  assert.equal(run.error, undefined);
  return { compiles: run.status === 0, said: run.stderr };
}

const note = `
#include "core/kernel/any_codec.h"
#include "core/kernel/domain.h"
#include "core/kernel/row_type.h"
#include "core/kernel/transaction.h"
namespace yuanyue {
using NoteId = Id<struct Note>;
struct Note {
  static constexpr PartNumber number{15, 0};
  static const RowType<Note> type;
  NoteId id;
  bool internal = false;
  bool operator==(const Note&) const = default;
};
inline const NoteId& key_of(const Note& row) { return row.id; }
struct Other { NoteId id; bool operator==(const Other&) const = default; };
namespace {
constexpr auto fields = wire::fields_of(YUANYUE_FIELD(Note, id, wire::uuid<NoteId>()), YUANYUE_FIELD(Note, internal, wire::boolean()));
constexpr wire::TableOf table{fields};
constexpr auto other_fields = wire::fields_of(YUANYUE_FIELD(Other, id, wire::uuid<NoteId>()));
constexpr wire::TableOf other_table{other_fields};
}
`;

const row_answers = {
  name: `"note"`, fields: "table", key_fields: "wire::uuid_key<NoteId>",
  audiences: "[](const State&, const Note&) { return Audiences{everyone}; }",
  due: "no_due<Note>", finished: "never_finished<Note>", indexes: "no_indexes<Note>",
  owner: "nobodys<Note>", history: "no_history<Note>",
};
const row_questions = {
  name: "what_is_its_name", fields: "what_are_its_fields", key_fields: "what_are_its_keys_fields", audiences: "who_may_see_it",
  due: "when_is_it_due", finished: "when_is_it_finished", indexes: "what_indexes_has_it",
  owner: "whose_is_it", history: "what_is_it_in_the_history",
};
const aggregate = (answers) => Object.entries(answers).map(([name, value]) => `.${name} = ${value},`).join(" ");
const row = (answers) => `${note} constinit const RowType<Note> Note::type = RowAnswers<Note>{${aggregate(answers)}}; }`;

const command_answers = {
  name: `"add_note"`, fields: "wire::no_fields<AddNote>", origin: "Origin::outside",
  needs: "[](const State&, const Actor&, const AddNote&) { return Need{&write_notes, AnyKey()}; }",
  decide: "[](Transaction&, const AddNote&) -> Refusal { return std::nullopt; }",
};
const command_questions = {
  name: "what_is_its_name", fields: "what_are_its_fields", origin: "who_may_send_it", needs: "what_permission_needs_it", decide: "what_does_it_do",
};
const command = (answers) => `${note} inline constexpr Permission write_notes{"write_notes", Holder::member};
struct AddNote { static const CommandType<AddNote> type; bool operator==(const AddNote&) const = default; };
constinit const CommandType<AddNote> AddNote::type = CommandAnswers<AddNote>{${aggregate(answers)}}; }`;

const due_answers = { name: `"note_ends"`, rank: "1", run: "[](Transaction&, const AnyKey&) {}" };
const due_questions = { name: "what_is_its_name", rank: "what_goes_before_it", run: "what_does_it_do" };
const due = (answers) => `${note} constexpr DueType note_ends{${aggregate(answers)}}; }`;

const role_answers = { name: `"guard"`, belonging: "Belonging::to_the_park", holds: "Holder::administrator", sees: "whole_park" };
const role_questions = {
  name: "what_is_its_name", belonging: "whose_are_its_accounts", holds: "what_may_it_do", sees: "what_does_it_see",
};
const role = (answers) => `#include "core/people/role.h"
namespace yuanyue { constexpr RoleType guard{${aggregate(answers)}}; }`;

function without(answers, question) {
  const rest = { ...answers };
  delete rest[question];
  return rest;
}

const described = {
  row: [row, row_answers, row_questions],
  command: [command, command_answers, command_questions],
  timer: [due, due_answers, due_questions],
  role: [role, role_answers, role_questions],
};

for (const [what, [source, answers, questions]] of Object.entries(described)) {
  test(`a ${what} with all answers compiles`, () => {
    const { compiles, said } = compile(source(answers));
    assert.ok(compiles, said);
  });

  test(`a ${what} that leaves out an answer does not`, () => {
    assert.deepEqual(Object.keys(questions), Object.keys(answers));
    for (const [answer, question] of Object.entries(questions)) {
      const { compiles, said } = compile(source(without(answers, answer)));
      assert.ok(!compiles, `without .${answer}`);
      assert.match(said, new RegExp(question));
    }
  });
}

test("every role has its line", () => {
  const lines = (count) => `#include "core/people/role.h"
namespace yuanyue { constexpr std::array<RoleType, 2> lines{{${Array(count).fill(`{${aggregate(role_answers)}}`).join(", ")}}}; }`;
  assert.ok(compile(lines(2)).compiles);
  assert.ok(!compile(lines(1)).compiles);
});

test("tables know their struct, and their fields' order", () => {
  const refused = {
    "a codec with another's table": "constexpr auto codec = wire::object<Note>(other_table); }",
    "a row with another's fields": `constinit const RowType<Note> Note::type = RowAnswers<Note>{${aggregate({ ...row_answers, fields: "other_table" })}}; }`,
    "a row with another's key": `constinit const RowType<Note> Note::type = RowAnswers<Note>{${aggregate({ ...row_answers, key_fields: "wire::uuid_key<CommandId>" })}}; }`,
    "a check of another": "bool holds(const Other&, wire::DecodeContext&) { return true; } constexpr wire::TableOf checked{fields, wire::checked_by<holds>}; }",
    "fields of two structs": "constexpr auto mixed = wire::fields_of(YUANYUE_FIELD(Note, id, wire::uuid<NoteId>()), YUANYUE_FIELD(Other, id, wire::uuid<NoteId>())); }",
    "fields out of order": "constexpr auto torn = wire::fields_of(YUANYUE_FIELD(Note, internal, wire::boolean()), YUANYUE_FIELD(Note, id, wire::uuid<NoteId>())); }",
    "a permission that nobody holds": `inline constexpr Permission write_notes{"write_notes"}; }`,
    "two parts with one number": `struct Twice { static constexpr PartNumber number{15, 0}; }; static_assert(differ<Note, Twice>()); }`,
  };
  for (const [what, source] of Object.entries(refused)) assert.ok(!compile(note + source).compiles, what);
  assert.ok(compile(`${note} bool holds(const Note&, wire::DecodeContext&) { return true; } constexpr wire::TableOf checked{fields, wire::checked_by<holds>}; }`).compiles);
});
