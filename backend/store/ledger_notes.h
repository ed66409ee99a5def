// The note of a ledger entry is free text about people, who may have it erased. So it stands beside
// the chain: the text that is hashed has in its place an HMAC of the note under a salt of its own,
// which proves nothing to anybody once note and salt are gone, and keeps the chain whole.
#pragma once

#include <string>
#include <string_view>

namespace yuanyue {

// The note as it stands in an entry's canonical JSON, between its quotes; empty when there is none.
std::string_view note_in(std::string_view entry);
// The entry with this one in its place, written as JSON writes it. An entry without a note stays.
std::string with_note(std::string_view entry, std::string_view note);

std::string new_salt();
// HMAC-SHA256 of the note under its salt, in lower-case hex.
std::string note_commitment(std::string_view note, std::string_view salt);

}  // namespace yuanyue
