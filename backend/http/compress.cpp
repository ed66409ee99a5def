#include "backend/http/compress.h"

#include <brotli/encode.h>
#include <zlib.h>

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

bool is_excluded(std::string_view parameters) {
  const auto at = parameters.find("q=0");
  if (at == std::string_view::npos) return false;
  return parameters.substr(at + 3).find_first_of("123456789") == std::string_view::npos;
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

bool accepts(std::string_view accept_encoding, ContentCoding coding) {
  if (coding == ContentCoding::identity) return true;
  while (!accept_encoding.empty()) {
    const auto comma = accept_encoding.find(',');
    const std::string_view item = accept_encoding.substr(0, comma);
    accept_encoding =
        comma == std::string_view::npos ? std::string_view() : accept_encoding.substr(comma + 1);
    const auto semicolon = item.find(';');
    if (trim(item.substr(0, semicolon)) != name_of(coding)) continue;
    return semicolon == std::string_view::npos || !is_excluded(item.substr(semicolon));
  }
  return false;
}

ContentCoding accepted_coding(std::string_view accept_encoding) {
  for (const ContentCoding coding : {ContentCoding::brotli, ContentCoding::gzip}) {
    if (accepts(accept_encoding, coding)) return coding;
  }
  return ContentCoding::identity;
}

std::optional<std::string> compress(std::string_view body, ContentCoding coding) {
  std::optional<std::string> out;
  if (coding == ContentCoding::gzip) out = gzip(body);
  if (coding == ContentCoding::brotli) out = brotli(body);
  if (!out || out->size() >= body.size()) return std::nullopt;
  return out;
}

}  // namespace yuanyue
