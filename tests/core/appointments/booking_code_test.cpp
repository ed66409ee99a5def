// Codes that people read, type and say on the telephone.
#include "core/appointments/booking_code.h"

#include <set>

#include <gtest/gtest.h>

#include "core/base/check_character.h"
#include "tests/core/support/park.h"
#include "tests/core/support/random.h"

namespace yuanyue::worlds {
namespace {

std::vector<std::string> some_codes() {
  constexpr int count = 200;
  std::vector<std::string> codes;
  codes.reserve(count);
  Random random(1);
  for (int i = 0; i < count; ++i) {
    codes.push_back(make_booking_code(BookingId(uuid(random.next(), 1)), 0));
  }
  return codes;
}

TEST(BookingCode, EverySingleWrongCharacterIsFound) {
  for (const std::string& code : some_codes()) {
    for (std::size_t place = 0; place < code.size(); ++place) {
      for (const char other : check_alphabet) {
        if (other == code[place]) continue;
        std::string typed = code;
        typed[place] = other;
        EXPECT_EQ(normalize_booking_code(typed), std::nullopt) << code << " " << typed;
      }
    }
  }
}

TEST(BookingCode, EverySwapOfNeighboursIsFound) {
  for (const std::string& code : some_codes()) {
    for (std::size_t place = 0; place + 1 < code.size(); ++place) {
      std::string typed = code;
      std::swap(typed[place], typed[place + 1]);
      if (typed == code) continue;
      EXPECT_EQ(normalize_booking_code(typed), std::nullopt) << code << " " << typed;
    }
  }
}

TEST(BookingCode, IsTypedAsPeopleType) {
  const std::string code = make_booking_code(BookingId(uuid(3, 4)), 0);
  const std::string shown = display_booking_code(code);
  EXPECT_EQ(shown.size(), 9U);
  EXPECT_EQ(shown[4], '-');
  std::string small = shown;
  for (char& c : small) c = static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
  EXPECT_EQ(normalize_booking_code(shown), code);
  EXPECT_EQ(normalize_booking_code(small), code);
  EXPECT_EQ(normalize_booking_code(" " + code + " "), code);
  EXPECT_EQ(normalize_booking_code(code + "0"), std::nullopt);
  EXPECT_EQ(normalize_booking_code(code.substr(1)), std::nullopt);
  EXPECT_EQ(normalize_booking_code("资质认定"), std::nullopt);
}

TEST(BookingCode, LettersMistakenForOthersAreUnderstood) {
  struct Line {
    char written;
    char meant;
  };
  const Line lines[] = {{'O', '0'}, {'I', '1'}, {'Z', '2'}, {'S', '5'}, {'V', 'U'}};
  for (const Line& line : lines) {
    for (const std::string& code : some_codes()) {
      std::string typed = code;
      for (char& c : typed) c = c == line.meant ? line.written : c;
      EXPECT_EQ(normalize_booking_code(typed), code);
    }
  }
}

TEST(BookingCode, AnotherAttemptIsAnotherCode) {
  std::set<std::string> codes;
  for (std::uint64_t attempt = 0; attempt < 1000; ++attempt) {
    codes.insert(make_booking_code(BookingId(uuid(3, 4)), attempt));
  }
  EXPECT_EQ(codes.size(), 1000U);
}

}  // namespace
}  // namespace yuanyue::worlds
