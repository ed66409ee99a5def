#include "backend/store/load_rows.h"

#include <algorithm>
#include <deque>
#include <future>
#include <optional>
#include <thread>
#include <utility>

#include "core/domains/codec.h"
#include "core/domains/row_forms.h"

namespace yuanyue {
namespace {

using Loaded = std::expected<std::vector<AnyRow>, std::string>;

std::string sentence(std::string_view row, const wire::DecodeError& error) {
  return std::string(row) + " cannot be read: " + std::string(wire::to_string(error.code)) +
         " at " + error.path;
}

Loaded decode(const std::vector<StoredRow>& stored) {
  std::vector<AnyRow> rows;
  rows.reserve(stored.size());
  for (const StoredRow& each : stored) {
    auto row = wire::decode_row(each.json);
    if (!row) return std::unexpected(sentence("row " + each.key, row.error()));
    rows.push_back(std::move(*row));
  }
  return rows;
}

// Decodes rows of today's form, nearly all of the work of a start, on every core, and hands them on
// in the order in which they came.
class Decoding {
 public:
  explicit Decoding(const std::function<void(AnyRow)>& take) : take_(take) {}

  void add(const StoredRow& row) {
    waiting_.push_back(row);
    if (waiting_.size() < rows_at_once) return;
    if (running_.size() >= std::max(1U, std::thread::hardware_concurrency())) take_first();
    // Deferred where there is no thread to be had.
    running_.push_back(std::async(std::launch::async | std::launch::deferred, decode,
                                  std::exchange(waiting_, {})));
  }
  // The first row that cannot be read, if there is one.
  std::string finish() {
    while (!running_.empty()) take_first();
    take(decode(waiting_));
    return std::move(problem_);
  }
  bool has_failed() const { return !problem_.empty(); }

 private:
  static constexpr std::size_t rows_at_once = 2048;

  void take_first() {
    take(running_.front().get());
    running_.pop_front();
  }
  void take(Loaded rows) {
    if (has_failed()) return;
    if (!rows) {
      problem_ = std::move(rows.error());
      return;
    }
    for (AnyRow& row : *rows) take_(std::move(row));
  }

  const std::function<void(AnyRow)>& take_;
  std::vector<StoredRow> waiting_;
  std::deque<std::future<Loaded>> running_;
  std::string problem_;
};

// Rows of an older form, one by one: some become others only when all have been read.
class Renewing {
 public:
  Renewing(int form, const std::function<void(AnyRow)>& take) : rows_(form), take_(take) {}

  std::string add(const StoredRow& stored) {
    auto row = rows_.read(stored.json);
    if (!row) return sentence("row " + stored.key, row.error());
    if (*row) take_(std::move(*row));
    return {};
  }
  // Returns the keys of the rows that were changed.
  std::expected<std::vector<AnyKey>, std::string> finish() {
    auto rest = rows_.take_rest();
    if (!rest) return std::unexpected(sentence("a row of an older form", rest.error()));
    std::vector<AnyKey> changed;
    for (AnyRow& row : rest->unchanged) take_(std::move(row));
    for (AnyRow& row : rest->changed) {
      changed.push_back(key_of(row));
      take_(std::move(row));
    }
    return changed;
  }

 private:
  wire::RowReader rows_;
  const std::function<void(AnyRow)>& take_;
};

}  // namespace

std::expected<std::vector<AnyKey>, std::string> load_rows(StoreReader& reader,
                                                          const std::function<void(AnyRow)>& take) {
  std::string problem;
  Decoding decoding(take);
  std::optional<Renewing> renewing;
  const auto read = reader.each_row([&](const StoreHead& head, const StoredRow& stored) {
    if (!problem.empty() || decoding.has_failed()) return;
    if (head.row_form == wire::row_form) return decoding.add(stored);
    if (head.row_form > wire::row_form) {
      problem = "its rows were written by a newer program (form " + std::to_string(head.row_form) +
                ", this program knows " + std::to_string(wire::row_form) + ")";
      return;
    }
    if (!renewing) renewing.emplace(std::max(head.row_form, wire::first_row_form), take);
    problem = renewing->add(stored);
  });
  if (!read) return std::unexpected(read.error().message);
  if (problem.empty()) problem = decoding.finish();
  if (!problem.empty()) return std::unexpected(problem);
  if (renewing) return renewing->finish();
  return {};
}

}  // namespace yuanyue
