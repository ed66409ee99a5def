// Decoders of commands, rows, keys, ledger entries, refusals, deadlines and outcomes; rows of older
// forms.
#include <algorithm>
#include <array>

#include "core/domains/row_forms.h"
#include "tests/fuzz/wire_trials.h"

namespace yuanyue::fuzz {
namespace {

// One row a line, of the first form.
void read_old_rows(std::string_view text) {
  wire::RowReader reader(wire::first_row_form);
  while (!text.empty()) {
    const std::string_view line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(text.size(), line.size() + 1));
    const auto row = reader.read(line);
    if (!row) return check_error(row.error());
  }
  const auto rest = reader.take_rest();
  if (!rest) return check_error(rest.error());
  for (const auto* rows : {&rest->unchanged, &rest->changed}) {
    for (const AnyRow& row : *rows) check_decoder(wire::encode(row), wire::decode_row);
  }
}

constexpr std::array<Trial, 8> trials = {
    [](std::string_view text) { check_decoder(text, wire::decode_command); },
    [](std::string_view text) { check_decoder(text, wire::decode_row); },
    [](std::string_view text) { check_decoder(text, wire::decode_row_key); },
    [](std::string_view text) { check_decoder(text, wire::decode_ledger_entry); },
    [](std::string_view text) { check_decoder(text, wire::decode_rejection); },
    [](std::string_view text) { check_decoder(text, wire::decode_deadline); },
    [](std::string_view text) { check_decoder(text, wire::decode_outcome); },
    read_old_rows,
};

}  // namespace
}  // namespace yuanyue::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  return yuanyue::fuzz::run(yuanyue::fuzz::trials, data, size);
}
