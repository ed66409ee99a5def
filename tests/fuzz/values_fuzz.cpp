// Decoders of commands, rows, keys, ledger entries, refusals, deadlines and outcomes.
#include <array>

#include "tests/fuzz/wire_trials.h"

namespace yuanyue::fuzz {
namespace {

constexpr std::array<Trial, 7> trials = {
    [](std::string_view text) { check_decoder(text, wire::decode_command); },
    [](std::string_view text) { check_decoder(text, wire::decode_row); },
    [](std::string_view text) { check_decoder(text, wire::decode_row_key); },
    [](std::string_view text) { check_decoder(text, wire::decode_ledger_entry); },
    [](std::string_view text) { check_decoder(text, wire::decode_rejection); },
    [](std::string_view text) { check_decoder(text, wire::decode_deadline); },
    [](std::string_view text) { check_decoder(text, wire::decode_outcome); },
};

}  // namespace
}  // namespace yuanyue::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  return yuanyue::fuzz::run(yuanyue::fuzz::trials, data, size);
}
