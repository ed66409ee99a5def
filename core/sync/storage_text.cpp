#include "core/sync/storage_text.h"

#include <algorithm>
#include <charconv>
#include <optional>
#include <utility>

#include "core/domains/codec.h"

namespace yuanyue::sync {
namespace {

template <class Number>
std::optional<Number> number_of(std::string_view text) {
  Number number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

template <class IdType>
IdType id_of(std::string_view text) {
  return IdType(parse_uuid(text).value_or(Uuid{}));
}

// Cuts the text before the next tab off; all of it when there is none.
std::string_view cut(std::string_view& text) {
  const std::size_t tab = std::min(text.find('\t'), text.size());
  const std::string_view part = text.substr(0, tab);
  text.remove_prefix(std::min(tab + 1, text.size()));
  return part;
}

class Lines {
 public:
  template <class... Part>
  void add(char kind, const Part&... parts) {
    text_ += kind;
    bool is_first = true;
    (add_part(parts, is_first), ...);
    text_ += '\n';
  }
  std::string take() { return std::move(text_); }

 private:
  void add_part(std::string_view part, bool& is_first) {
    if (!is_first) text_ += '\t';
    is_first = false;
    text_ += part;
  }

  std::string text_;
};

template <class IdType>
std::string text_of(const IdType& id) {
  return id ? to_string(id) : std::string();
}

}  // namespace

std::string storage_text(const StorageWrite& change) {
  Lines lines;
  if (change.clear_outbox) lines.add('X', "");
  if (change.clear_accepted) lines.add('A', "");
  if (change.clear_rows) lines.add('R', "");
  if (change.user) lines.add('u', text_of(*change.user));
  if (change.client) lines.add('c', text_of(*change.client));
  if (change.next_seq) lines.add('n', std::to_string(*change.next_seq));
  if (change.cookie) lines.add('k', *change.cookie);
  if (change.clock_offset_ms) lines.add('t', std::to_string(*change.clock_offset_ms));
  for (const AnyRow& row : change.put_rows) {
    lines.add('r', wire::encode(key_of(row)), wire::encode(row));
  }
  for (const AnyKey& key : change.erase_rows) lines.add('d', wire::encode(key));
  for (const LedgerEntry& entry : change.add_ledger) {
    lines.add('l', to_string(entry.id), wire::encode(entry));
  }
  for (const std::uint64_t seq : change.erase_outbox) lines.add('x', std::to_string(seq));
  for (const OutboxEntry& entry : change.put_outbox) {
    lines.add('o', std::to_string(entry.seq), to_string(entry.id),
              std::to_string(entry.decided_at.ms), wire::encode(entry.command));
  }
  for (const CommandId& id : change.erase_accepted) lines.add('y', to_string(id));
  for (const OutboxEntry& entry : change.put_accepted) {
    lines.add('a', to_string(entry.id), std::to_string(entry.decided_at.ms),
              wire::encode(entry.command));
  }
  return lines.take();
}

std::string set_aside_text(const std::vector<std::uint64_t>& seqs) {
  Lines lines;
  for (const std::uint64_t seq : seqs) lines.add('q', std::to_string(seq));
  return lines.take();
}

void StoredReplicaReader::take(std::string_view lines) {
  while (!lines.empty()) {
    const std::size_t end = std::min(lines.find('\n'), lines.size());
    if (end > 0) take_line(lines.front(), lines.substr(1, end - 1));
    lines.remove_prefix(std::min(end + 1, lines.size()));
  }
}

void StoredReplicaReader::take_line(char kind, std::string_view text) {
  switch (kind) {
    case '!':
      *this = {};
      break;
    case 'u':
      stored_.user = id_of<UserId>(text);
      break;
    case 'c':
      stored_.client = id_of<ClientId>(text);
      break;
    case 'n':
      stored_.next_seq = std::max<std::uint64_t>(1, number_of<std::uint64_t>(text).value_or(1));
      break;
    case 'k':
      stored_.cookie = text;
      break;
    case 't':
      stored_.clock_offset_ms = number_of<std::int64_t>(text).value_or(0);
      break;
    case 'r':
      cut(text);
      if (auto row = wire::decode_row(text)) {
        stored_.rows.push_back(*std::move(row));
      } else {
        rows_unreadable_ = true;
      }
      break;
    case 'l':
      cut(text);
      if (auto entry = wire::decode_ledger_entry(text)) {
        stored_.ledger.push_back(*std::move(entry));
      } else {
        rows_unreadable_ = true;
      }
      break;
    case 'o':
      take_command(text);
      break;
    case 'a':
      take_accepted(text);
      break;
    default:
      break;
  }
}

void StoredReplicaReader::take_command(std::string_view text) {
  OutboxEntry entry;
  entry.seq = number_of<std::uint64_t>(cut(text)).value_or(0);
  entry.id = id_of<CommandId>(cut(text));
  entry.decided_at = {number_of<std::int64_t>(cut(text)).value_or(0)};
  auto command = wire::decode_command(text);
  if (entry.seq == 0 || !entry.id || !command) {
    unreadable_commands_.push_back(entry.seq);
    return;
  }
  entry.command = *std::move(command);
  stored_.outbox.push_back(std::move(entry));
}

// One that cannot be read any more is left alone: the server has answered it.
void StoredReplicaReader::take_accepted(std::string_view text) {
  OutboxEntry entry;
  entry.id = id_of<CommandId>(cut(text));
  entry.decided_at = {number_of<std::int64_t>(cut(text)).value_or(0)};
  auto command = wire::decode_command(text);
  if (!entry.id || !command) return;
  entry.command = *std::move(command);
  stored_.accepted.push_back(std::move(entry));
}

StoredReplica StoredReplicaReader::finish() {
  StoredReplica stored = std::exchange(stored_, {});
  if (std::exchange(rows_unreadable_, false)) {
    stored.rows.clear();
    stored.ledger.clear();
    stored.cookie.clear();
  }
  std::ranges::sort(stored.outbox, {}, &OutboxEntry::seq);
  return stored;
}

}  // namespace yuanyue::sync
