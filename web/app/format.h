// Dates, times and durations as people read them, in the language in use. Dates always carry their
// weekday, and their year when it is not the present one.
#pragma once

#include <cstdint>
#include <string>

#include "core/appointments/booking.h"
#include "core/base/time.h"
#include "web/app/texts.h"

namespace yuanyue::web::app {

// Made for one frame: app.format().
class Format {
 public:
  Format(const Texts& texts, Instant now) : texts_(texts), now_(now) {}

  std::string day(Date date) const;                             // 11月25日(周三)
  std::string time(TimeOfDay time) const;                       // 9:00
  std::string span(TimeOfDay start, TimeOfDay end) const;       // 9:00–11:00
  std::string block(const BlockKey& key, TimeOfDay end) const;  // 11月25日(周三)9:00–11:00
  // Where the end is not known: 11月25日(周三)9:00
  std::string block_start(const BlockKey& key) const;
  std::string moment(Instant at) const;          // 11月23日(周一)17:00
  std::string month(int year, int month) const;  // 2026年11月
  std::string weekday(Date date) const;          // 周三
  std::string weekday_short(Date date) const;    // 三

  // Never on its own: beside the absolute time. Negative durations count as none.
  std::string duration(std::int64_t duration_ms) const;  // 1 天 8 小时 · 3 小时 20 分钟 · 5 分钟
  std::string remaining(Instant until) const;            // 还有 1 天 8 小时
  std::string ago(Instant at) const;                     // 刚刚 · 5 分钟前 · 2 天前

 private:
  const Texts& texts_;
  Instant now_;
};

std::string number(std::int64_t value);  // for placeholders

}  // namespace yuanyue::web::app
