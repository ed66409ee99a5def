// What a pull of one changed row costs with many rows stored, and a long history: one JSON object a
// line.
// Usage: store_bench FOLDER [ROWS...]; the folder must be empty, its files are the caller's to
// remove.
#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

#include "backend/store/sqlite_stores.h"
#include "tests/backend/support/sqlite_steps.h"
#include "tests/bench/store/archive_bench.h"
#include "tests/bench/store/start_bench.h"

namespace {

using namespace yuanyue;
using Clock = std::chrono::steady_clock;

constexpr int rows_per_enterprise = 10;
constexpr int rows_per_commit = 10'000;
constexpr int pulls = 500;
constexpr int quiet_pulls = 20'000;

std::string key_of_row(std::int64_t number) {
  return R"({"id":")" + std::to_string(number) + R"(","type":"booking"})";
}

RowWrite row(std::int64_t number, std::int64_t version) {
  RowWrite write;
  write.kind = "booking";
  write.key = key_of_row(number);
  write.json = R"({"changes_used":)" + std::to_string(version) + R"(,"id":")" +
               std::to_string(number) + R"(","padding":")" + std::string(300, 'x') +
               R"(","type":"booking"})";
  write.audiences = {"enterprise:" + std::to_string(number / rows_per_enterprise),
                     "administrators"};
  return write;
}

[[noreturn]] void fail(const std::string& message) {
  std::fprintf(stderr, "store_bench: %s\n", message.c_str());
  std::exit(1);
}

void commit(Store& store, const CommitBatch& batch) {
  if (const auto done = store.commit(batch); !done) fail(done.error().message);
}

double median_us(std::vector<double>& times) {
  std::ranges::sort(times);
  return times[times.size() / 2];
}

// One row of one enterprise changes, and that enterprise pulls it.
double measure(const std::string& path, std::int64_t rows) {
  auto opened = open_sqlite_stores({.path = path, .fail_at = {}});
  if (!opened) fail(opened.error().message);
  Store& store = *opened->store;
  std::int64_t revision = store.head().revision;
  for (std::int64_t first = 0; first < rows; first += rows_per_commit) {
    CommitBatch batch;
    batch.revision = ++revision;
    for (std::int64_t i = first; i < std::min(rows, first + rows_per_commit); ++i) {
      batch.rows.push_back(row(i, 0));
    }
    commit(store, batch);
  }
  // What everyone sees, and a user's own row.
  CommitBatch shared;
  shared.revision = ++revision;
  shared.rows = {row(rows, 0), row(rows + 1, 0)};
  shared.rows[0].audiences = {"everyone"};
  shared.rows[1].audiences = {"user:1"};
  commit(store, shared);
  const auto reader = store.reader();
  const std::int64_t epoch = store.head().epoch;
  std::vector<double> times;
  times.reserve(pulls);
  for (int i = 0; i < pulls; ++i) {
    const std::int64_t changed = i * 7'919LL % rows;
    const std::int64_t before = revision;
    CommitBatch batch;
    batch.revision = ++revision;
    batch.rows.push_back(row(changed, i + 1));
    commit(store, batch);
    DeltaRequest request;
    request.audiences = {"everyone", "enterprise:" + std::to_string(changed / rows_per_enterprise),
                         "user:1"};
    request.user = "1";
    request.epoch = epoch;
    request.revision = before;
    const auto began = Clock::now();
    const auto delta = reader->delta(request);
    times.push_back(std::chrono::duration<double, std::micro>(Clock::now() - began).count());
    if (!delta) fail(delta.error().message);
    if (delta->rows.size() != 1)
      fail("a pull brought " + std::to_string(delta->rows.size()) + " rows");
  }
  return median_us(times);
}

struct QuietPull {
  double median_us = 0;
  std::int64_t steps = 0;  // of SQLite's virtual machine, of one pull
};

// So many registered clients, each with rows of its own, poll in turn and find nothing new.
QuietPull measure_quiet(const std::string& path, std::int64_t clients) {
  const SqliteSteps steps;
  auto opened = open_sqlite_stores({.path = path});
  if (!opened) fail(opened.error().message);
  Store& store = *opened->store;
  CommitBatch batch;
  batch.revision = 1;
  for (std::int64_t i = 0; i < clients; ++i) {
    for (int k = 0; k < rows_per_enterprise; ++k) {
      batch.rows.push_back(row(i * rows_per_enterprise + k, 0));
    }
    const std::string number = std::to_string(i);
    batch.results.push_back({"command" + number, "client" + number, "user" + number, "{}"});
    batch.clients.push_back({"client" + number, "user" + number, 1});
  }
  commit(store, batch);
  const auto reader = store.reader();
  std::vector<double> times;
  const std::int64_t before = steps.count();
  for (int i = 0; i < quiet_pulls; ++i) {
    const std::string number = std::to_string(i * 7'919LL % clients);
    DeltaRequest request;
    request.audiences = {"everyone", "enterprise:" + number, "user:" + number};
    request.user = "user" + number;
    request.client = "client" + number;
    request.epoch = store.head().epoch;
    request.revision = 1;
    const auto began = Clock::now();
    const auto delta = reader->delta(request);
    times.push_back(std::chrono::duration<double, std::micro>(Clock::now() - began).count());
    if (!delta || delta->complete || !delta->rows.empty()) fail("a quiet pull was not quiet");
  }
  return {median_us(times), (steps.count() - before) / quiet_pulls};
}

}  // namespace

int main(int count, char** arguments) {
  if (count < 2) fail("give an empty folder");
  QuietPull few;
  for (const std::int64_t clients : {10, 10'000}) {
    const std::string name = "/quiet-" + std::to_string(clients) + ".db";
    const QuietPull pull = measure_quiet(arguments[1] + name, clients);
    if (few.steps == 0) few = pull;
    std::printf(R"({"bench":"quiet_pull","clients":%lld,"median_us":%.1f,"sqlite_steps":%lld,)"
                R"("ratio_to_first":%.2f})"
                "\n",
                static_cast<long long>(clients), pull.median_us, static_cast<long long>(pull.steps),
                pull.median_us / few.median_us);
    std::fflush(stdout);
  }
  const std::int64_t history = count > 2 ? std::strtoll(arguments[2], nullptr, 10) : 1'000'000;
  measure_state_after(history);
  measure_archive(std::string(arguments[1]) + "/archive.db", history);
  measure_start(std::string(arguments[1]) + "/start.db", history);
  std::vector<std::int64_t> sizes;
  for (int i = 2; i < count; ++i) sizes.push_back(std::strtoll(arguments[i], nullptr, 10));
  if (sizes.empty()) sizes = {1'000, 1'000'000};
  double first = 0;
  for (const std::int64_t rows : sizes) {
    const double median =
        measure(std::string(arguments[1]) + "/" + std::to_string(rows) + ".db", rows);
    if (first == 0) first = median;
    std::printf(
        R"({"bench":"pull_one_row","rows_stored":%lld,"median_us":%.1f,"ratio_to_first":%.2f})"
        "\n",
        static_cast<long long>(rows), median, median / first);
    std::fflush(stdout);
  }
  return 0;
}
