#include "backend/http/compress.h"

#include <algorithm>
#include <functional>
#include <tuple>
#include <utility>

#include <brotli/encode.h>
#include <zlib.h>

#include "core/base/visible_text.h"

namespace yuanyue {

namespace {

constexpr int gzip_level = 5;
constexpr int brotli_quality = 4;
constexpr int gzip_window_bits = 15 + 16;  // + 16: gzip format

std::string_view trim(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

// In thousandths; 1,000 when none is given, 0 when it cannot be read.
int quality_of(std::string_view parameters) {
  const auto at = parameters.find_first_of("qQ");
  if (at == std::string_view::npos) return 1'000;
  std::string_view text = trim(parameters.substr(at + 1));
  if (!text.starts_with('=')) return 0;
  text = trim(text.substr(1));
  if (text.empty() || (text[0] != '0' && text[0] != '1')) return 0;
  int quality = (text[0] - '0') * 1'000;
  int unit = 100;
  for (std::size_t i = 2; i < text.size() && i < 5 && text[1] == '.'; ++i, unit /= 10) {
    if (text[i] < '0' || text[i] > '9') break;
    quality += (text[i] - '0') * unit;
  }
  return std::min(quality, 1'000);
}

// What the header says of `name`: nullopt when it does not name it.
std::optional<int> named_quality(std::string_view header, std::string_view name) {
  while (!header.empty()) {
    const auto comma = header.find(',');
    const std::string_view item = header.substr(0, comma);
    header = comma == std::string_view::npos ? std::string_view() : header.substr(comma + 1);
    const auto semicolon = item.find(';');
    if (ascii_lower(trim(item.substr(0, semicolon))) != name) continue;
    return semicolon == std::string_view::npos ? 1'000 : quality_of(item.substr(semicolon));
  }
  return std::nullopt;
}

std::optional<std::string> gzip(std::string_view body) {
  z_stream stream{};
  if (deflateInit2(&stream, gzip_level, Z_DEFLATED, gzip_window_bits, 8, Z_DEFAULT_STRATEGY) !=
      Z_OK) {
    return std::nullopt;
  }
  std::string out(deflateBound(&stream, static_cast<uLong>(body.size())), '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(body.data()));
  stream.avail_in = static_cast<uInt>(body.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  const int code = deflate(&stream, Z_FINISH);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  return code == Z_STREAM_END ? std::optional(std::move(out)) : std::nullopt;
}

std::optional<std::string> brotli(std::string_view body) {
  std::size_t size = BrotliEncoderMaxCompressedSize(body.size());
  std::string out(size, '\0');
  const auto done =
      BrotliEncoderCompress(brotli_quality, BROTLI_DEFAULT_WINDOW, BROTLI_MODE_TEXT, body.size(),
                            reinterpret_cast<const std::uint8_t*>(body.data()), &size,
                            reinterpret_cast<std::uint8_t*>(out.data()));
  if (done != BROTLI_TRUE) return std::nullopt;
  out.resize(size);
  return out;
}

}  // namespace

std::string_view name_of(ContentCoding coding) {
  switch (coding) {
    case ContentCoding::gzip:
      return "gzip";
    case ContentCoding::brotli:
      return "br";
    case ContentCoding::identity:
      break;
  }
  return "identity";
}

std::vector<ContentCoding> accepted_codings(std::string_view accept_encoding) {
  const auto of_others = named_quality(accept_encoding, "*");
  // Of equal quality the smaller one first.
  std::vector<std::tuple<int, int, ContentCoding>> found;
  int preference = 3;
  for (const ContentCoding coding :
       {ContentCoding::brotli, ContentCoding::gzip, ContentCoding::identity}) {
    const bool is_identity = coding == ContentCoding::identity;
    auto quality = named_quality(accept_encoding, name_of(coding));
    // Not named, identity is taken, after all that is named.
    if (!quality && is_identity) quality = of_others == 0 ? 0 : 1;
    if (!quality) quality = of_others.value_or(0);
    if (*quality > 0) found.emplace_back(*quality, preference, coding);
    --preference;
  }
  std::ranges::sort(found, std::greater<>());
  std::vector<ContentCoding> codings;
  codings.reserve(found.size() + 1);
  for (const auto& one : found) codings.push_back(std::get<ContentCoding>(one));
  if (codings.empty()) codings.push_back(ContentCoding::identity);
  return codings;
}

std::optional<std::string> compress(std::string_view body, ContentCoding coding) {
  std::optional<std::string> out;
  if (coding == ContentCoding::gzip) out = gzip(body);
  if (coding == ContentCoding::brotli) out = brotli(body);
  return out;
}

}  // namespace yuanyue
