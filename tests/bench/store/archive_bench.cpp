#include "tests/bench/store/archive_bench.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <vector>

#include <malloc.h>

#include "backend/store/sqlite_stores.h"
#include "core/appointments/booking.h"
#include "core/appointments/booking_code.h"
#include "core/kernel/engine.h"

namespace yuanyue {

namespace {

using Clock = std::chrono::steady_clock;

constexpr std::int64_t rows_per_commit = 10'000;
constexpr std::int64_t open_share = 100;
constexpr int repeats = 51;

[[noreturn]] void fail(const std::string& message) {
  std::fprintf(stderr, "store_bench: %s\n", message.c_str());
  std::exit(1);
}

double ms_since(Clock::time_point began) {
  return std::chrono::duration<double, std::milli>(Clock::now() - began).count();
}

RowWrite row(std::int64_t number) {
  RowWrite write;
  write.kind = "booking";
  write.key = R"({"id":")" + std::to_string(1'000'000'000 + number) + R"(","type":"booking"})";
  write.json = R"({"id":")" + std::to_string(number) + R"(","padding":")" + std::string(300, 'x') +
               R"(","type":"booking"})";
  write.audiences = {"enterprise:" + std::to_string(number % 10'000), "administrators"};
  return write;
}

void commit(Store& store, std::int64_t first, std::int64_t count, bool is_archived) {
  CommitBatch batch;
  batch.revision = store.head().revision + 1;
  for (std::int64_t i = first; i < first + count; ++i) {
    batch.rows.push_back(row(i));
    if (is_archived) {
      batch.rows.back().archived = ArchiveWrite{i, "service-" + std::to_string(i % 50)};
    }
  }
  if (const auto done = store.commit(batch); !done) fail(done.error().message);
}

// The median of a page of 100.
double page_ms(StoreReader& reader, const HistoryRequest& request) {
  std::vector<double> times;
  for (int i = 0; i < repeats; ++i) {
    const auto began = Clock::now();
    const auto page = reader.history(request);
    times.push_back(ms_since(began));
    if (!page || page->rows.size() != 100) fail("a page was not full");
  }
  std::ranges::sort(times);
  return times[times.size() / 2];
}

Booking booking_row(std::uint64_t number, Date date, BookingStatus status) {
  Booking row;
  row.id = BookingId(Uuid{number << 16 | 0x7000, number});
  row.code = make_booking_code(row.id, 0);
  row.enterprise = EnterpriseId(Uuid{number % 5'000 + 1, 1});
  row.block = {ServiceId::of("tax"), date, TimeOfDay{540}};
  row.end = TimeOfDay{570};
  row.status = status;
  return row;
}

}  // namespace

void measure_archive(const std::string& path, std::int64_t rows) {
  auto opened = open_sqlite_stores({.path = path});
  if (!opened) fail(opened.error().message);
  Store& store = *opened->store;
  const auto began_filling = Clock::now();
  for (std::int64_t first = 0; first < rows; first += rows_per_commit) {
    const std::int64_t count = std::min(rows_per_commit, rows - first);
    commit(store, first, count, false);
    commit(store, first, count, true);
  }
  const double filled_ms = ms_since(began_filling);
  const std::int64_t live = rows / open_share;
  commit(store, rows, live, false);

  const auto reader = store.reader();
  HistoryRequest request;
  request.asker = {"user", [](std::string_view) {
                     return std::vector<std::string>{"administrators", "everyone"};
                   }};
  request.kind = "booking";
  request.limit = 100;
  const double first_ms = page_ms(*reader, request);
  request.before = HistoryPlace{rows / 2, 0};
  const double middle_ms = page_ms(*reader, request);
  request.service = "service-7";
  const double service_ms = page_ms(*reader, request);

  DeltaRequest reset;
  reset.audiences = {"administrators", "everyone"};
  reset.holds_nothing = true;
  const auto began_reset = Clock::now();
  const auto delta = reader->delta(reset);
  const double reset_ms = ms_since(began_reset);
  if (!delta || std::ssize(delta->rows) != live) fail("a reset brought other rows");

  std::int64_t read = 0;
  const auto began_start = Clock::now();
  const auto is_read = reader->each_row([&](const StoreHead&, const StoredRow&) { ++read; });
  if (!is_read || read != live) fail("a start");
  const double start_ms = ms_since(began_start);
  std::printf(R"({"bench":"archive","archived":%lld,"live":%lld,"fill_and_archive_us_a_row":%.1f,)"
              R"("page_of_100_ms":%.2f,"page_in_the_middle_ms":%.2f,"page_of_a_service_ms":%.2f,)"
              R"("reset_of_an_administrator_ms":%.1f,"read_rows_at_start_ms":%.1f})"
              "\n",
              static_cast<long long>(rows), static_cast<long long>(live),
              1'000 * filled_ms / static_cast<double>(rows), first_ms, middle_ms, service_ms,
              reset_ms, start_ms);
  std::fflush(stdout);
}

void measure_state_after(std::int64_t rows) {
  const auto before = mallinfo2().uordblks + mallinfo2().hblkhd;
  State state;
  const auto open = static_cast<std::uint64_t>(rows / open_share);
  Date day = parse_date("2026-01-05").value();
  std::uint64_t number = 0;
  std::uint64_t commands = 0;
  double archiving_ms = 0;
  for (std::int64_t wave = 0; wave < open_share; ++wave, day = day + 120) {
    const std::uint64_t first = number;
    for (; number < first + open; ++number) {
      state.put(booking_row(number, day, BookingStatus::confirmed));
    }
    for (std::uint64_t each = first; each < number; ++each) {
      state.put(booking_row(each, day, BookingStatus::ended));
    }
    const Instant later = to_instant(day + 100, {});
    const auto began = Clock::now();
    while (run_due(state, later, CommandId(Uuid{9, ++commands}))) {
    }
    archiving_ms += ms_since(began);
  }
  for (const std::uint64_t first = number; number < first + open; ++number) {
    state.put(booking_row(number, day, BookingStatus::confirmed));
  }
  if (state.count<Booking>() != open) fail("finished bookings stay");
  const auto used = mallinfo2().uordblks + mallinfo2().hblkhd - before;
  std::printf(R"({"bench":"state_after","finished":%lld,"open":%llu,"state_mb":%.1f,)"
              R"("archive_ns_a_row":%.0f})"
              "\n",
              static_cast<long long>(rows), static_cast<unsigned long long>(open),
              static_cast<double>(used) / 1e6, 1e6 * archiving_ms / static_cast<double>(rows));
  std::fflush(stdout);
}

}  // namespace yuanyue
