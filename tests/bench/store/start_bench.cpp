#include "tests/bench/store/start_bench.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <utility>

#include <malloc.h>

#include "backend/store/load_rows.h"
#include "backend/store/sqlite_stores.h"
#include "core/appointments/booking.h"
#include "core/appointments/booking_code.h"
#include "core/domains/codec.h"
#include "core/domains/row_forms.h"
#include "core/kernel/state.h"

namespace yuanyue {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::uint64_t rows_per_commit = 10'000;
constexpr std::uint64_t bookings_per_enterprise = 4;
constexpr std::uint64_t bookings_per_block = 8;
constexpr std::uint64_t blocks_per_day = 12;
constexpr std::uint64_t services = 50;

[[noreturn]] void fail(const std::string& message) {
  std::fprintf(stderr, "store_bench: %s\n", message.c_str());
  std::exit(1);
}

double ms_since(Clock::time_point began) {
  return std::chrono::duration<double, std::milli>(Clock::now() - began).count();
}

// Neighbours in a block are no neighbours in an enterprise, and ids come in no order.
Booking booking_row(std::uint64_t number, std::uint64_t bookings) {
  const std::uint64_t mixed = number * 0x9E37'79B9'7F4A'7C15;
  const std::uint64_t enterprise = mixed % (bookings / bookings_per_enterprise + 1) + 1;
  const std::uint64_t block = number / bookings_per_block;
  const auto day = static_cast<int>(block / blocks_per_day / services);
  const auto start = static_cast<std::int16_t>(540 + 30 * (block % blocks_per_day));
  Booking row;
  row.id = BookingId(Uuid{(mixed & ~0xFFFFULL) | 0x7000, number + 1});
  row.code = make_booking_code(row.id, 0);
  row.enterprise = EnterpriseId(Uuid{enterprise, 1});
  row.booked_by = UserId(Uuid{enterprise, 2});
  row.block = {ServiceId::of("service-" + std::to_string(block / blocks_per_day % services)),
               parse_date("2026-01-05").value() + day, TimeOfDay{start}};
  row.end = TimeOfDay{static_cast<std::int16_t>(start + 30)};
  row.created_at = to_instant(row.block.date, {});
  return row;
}

void fill(Store& store, std::uint64_t bookings) {
  for (std::uint64_t first = 0; first < bookings; first += rows_per_commit) {
    CommitBatch batch;
    batch.revision = store.head().revision + 1;
    batch.row_form = wire::row_form;
    for (std::uint64_t i = first; i < std::min(bookings, first + rows_per_commit); ++i) {
      const Booking row = booking_row(i, bookings);
      RowWrite write;
      write.kind = "booking";
      write.key = wire::encode(AnyKey(row.id));
      write.json = wire::encode(RowRef(row));
      write.audiences = {"enterprise:" + to_string(row.enterprise), "administrators"};
      batch.rows.push_back(std::move(write));
    }
    if (const auto done = store.commit(batch); !done) fail(done.error().message);
  }
}

std::size_t heap_bytes() { return mallinfo2().uordblks + mallinfo2().hblkhd; }

}  // namespace

void measure_start(const std::string& path, std::int64_t bookings) {
  auto opened = open_sqlite_stores({.path = path});
  if (!opened) fail(opened.error().message);
  fill(*opened->store, static_cast<std::uint64_t>(bookings));
  const auto reader = opened->store->reader();
  const std::size_t before = heap_bytes();
  State state;
  const auto began = Clock::now();
  const auto older = load_rows(*reader, [&](AnyRow row) { state.put(std::move(row)); });
  const double start_ms = ms_since(began);
  if (!older) fail(older.error());
  if (std::ssize(*older) != 0 || state.count<Booking>() != static_cast<std::size_t>(bookings))
    fail("a start brought other rows");
  std::printf(R"({"bench":"start","live_bookings":%lld,"rows_into_state_ms":%.0f,)"
              R"("bytes_a_booking":%.0f})"
              "\n",
              static_cast<long long>(bookings), start_ms,
              static_cast<double>(heap_bytes() - before) / static_cast<double>(bookings));
  std::fflush(stdout);
}

}  // namespace yuanyue
