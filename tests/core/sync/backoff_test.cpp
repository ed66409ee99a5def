#include "core/sync/backoff.h"

#include <gtest/gtest.h>

#include "core/protocol/protocol.h"
#include "core/sync/demand.h"
#include "tests/core/support/park.h"

namespace yuanyue::sync {
namespace {

const Instant start = worlds::at("2026-11-23 09:00");
const SyncSettings settings;

TEST(Backoff, DoublesUpToItsLimitWithJitterOfHalf) {
  struct Line {
    std::uint64_t chance;
    std::int64_t per_mille;  // of the full delay
  };
  for (const Line& line : {Line{0, 500}, Line{500, 1'000}, Line{1'000, 1'500}, Line{1'001, 500}}) {
    Backoff backoff;
    std::int64_t full = 500;
    for (int failure = 1; failure <= 40; ++failure) {
      backoff.failed(settings, 0, line.chance, start);
      EXPECT_EQ(backoff.failures(), failure);
      EXPECT_EQ(backoff.retry_at() - start, full * line.per_mille / 1'000) << failure;
      full = std::min<std::int64_t>(full * 2, 30'000);
    }
    backoff.succeeded();
    EXPECT_EQ(backoff.failures(), 0);
    EXPECT_TRUE(backoff.is_over(start));
  }
}

TEST(Backoff, KeepsToWhatTheServerAskedForWithinReason) {
  struct Line {
    std::int64_t retry_after_ms;
    std::int64_t delay_ms;
  };
  for (const Line& line :
       {Line{0, 500}, Line{499, 500}, Line{501, 501}, Line{60'000, 60'000}, Line{300'000, 300'000},
        Line{300'001, 300'000}, Line{INT64_MAX / 2, 300'000}, Line{-1, 500}}) {
    Backoff backoff;
    backoff.failed(settings, line.retry_after_ms, 500, start);
    EXPECT_EQ(backoff.retry_at() - start, line.delay_ms) << line.retry_after_ms;
    EXPECT_FALSE(backoff.is_over(backoff.retry_at() - 1));
    EXPECT_TRUE(backoff.is_over(backoff.retry_at()));
  }
}

TEST(Backoff, IsSlowedOnlyByTheLastFailure) {
  Backoff backoff;
  backoff.failed(settings, 0, 0, start);
  backoff.mark_slowed();
  EXPECT_TRUE(backoff.slowed());
  backoff.failed(settings, 0, 0, start);
  EXPECT_FALSE(backoff.slowed());
}

TEST(Backoff, ADeviceClockThatWasSetBackEndsIt) {
  Backoff backoff;
  backoff.failed(settings, 300'000, 0, start);
  backoff.mind_clock(start - 300'000);
  EXPECT_EQ(backoff.retry_at(), start + 300'000) << "it may have been so little";
  backoff.mind_clock(start - 300'001);
  EXPECT_TRUE(backoff.is_over(start - 300'001));
  EXPECT_EQ(backoff.failures(), 1);
}

TEST(Demand, OfEveryError) {
  using enum wire::ErrorCode;
  struct Line {
    wire::ErrorCode code;
    Demand demand;
  };
  const Line lines[] = {
      {unauthenticated, Demand::sign_in},
      {csrf, Demand::sign_in},
      {wrong_user, Demand::right_user},
      {password_change_required, Demand::new_password},
      {protocol_too_old, Demand::newer_page},
      {unknown_client, Demand::new_client},
      {sequence_gap, Demand::new_client},
      {malformed, Demand::mending},
      {too_large, Demand::mending},
      {unsupported_media_type, Demand::mending},
      {too_many_requests, Demand::slowing_down},
      {unavailable, Demand::patience},
  };
  for (const Line& line : lines) {
    const std::string body = wire::encode(wire::ErrorBody{line.code, "", "commands[0]"});
    const auto refused = refused_request({wire::http_status(line.code), body, 0});
    EXPECT_EQ(refused.demand, line.demand) << body;
    EXPECT_EQ(refused.field, "commands[0]");
  }
}

TEST(Demand, OfAPageThatIsNotTheServersOwnGoesByItsStatus) {
  struct Line {
    int status;
    Demand demand;
  };
  const Line lines[] = {
      {0, Demand::patience},     {204, Demand::patience},     {302, Demand::patience},
      {400, Demand::mending},    {401, Demand::sign_in},      {403, Demand::patience},
      {404, Demand::patience},   {409, Demand::patience},     {413, Demand::mending},
      {426, Demand::newer_page}, {429, Demand::slowing_down}, {500, Demand::patience},
      {502, Demand::patience},   {503, Demand::patience},
  };
  for (const Line& line : lines) {
    for (const char* body : {"", "<html>proxy</html>", "{}", R"({"code":"no_such","field":""})"}) {
      const TransportAnswer answer{line.status, body, 0};
      EXPECT_FALSE(is_success(answer));
      EXPECT_EQ(refused_request(answer).demand, line.demand) << line.status << body;
    }
  }
  // Below 400 nothing is an error, whatever the body says.
  const std::string ended = wire::encode(wire::ErrorBody{wire::ErrorCode::unauthenticated, "", ""});
  EXPECT_EQ(refused_request({302, ended, 0}).demand, Demand::patience);
}

}  // namespace
}  // namespace yuanyue::sync
