#include "backend/http/static_files.h"

#include <algorithm>
#include <array>
#include <fstream>
#include <sstream>

#include "backend/http/compress.h"
#include "backend/http/conditions.h"

namespace yuanyue {

namespace {

namespace fs = std::filesystem;

bool is_plain(std::string_view path) {
  return std::ranges::all_of(path, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '_' || c == '.' || c == '/';
  });
}

std::optional<std::string> read_file(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return std::nullopt;
  std::ostringstream content;
  content << file.rdbuf();
  return std::move(content).str();
}

std::string etag_of(const fs::path& path, std::string_view suffix) {
  std::error_code error;
  const auto size = fs::file_size(path, error);
  const auto time = fs::last_write_time(path, error).time_since_epoch().count();
  std::ostringstream tag;
  tag << '"' << std::hex << size << '-' << time << suffix << '"';
  return std::move(tag).str();
}

struct Variant {
  fs::path path;
  ContentCoding coding = ContentCoding::identity;
};

Variant best_variant(const fs::path& path, const std::string& accept_encoding) {
  for (const ContentCoding coding : accepted_codings(accept_encoding)) {
    if (coding == ContentCoding::identity) break;
    fs::path sibling = path;
    sibling += coding == ContentCoding::brotli ? ".br" : ".gz";
    std::error_code error;
    if (fs::is_regular_file(sibling, error)) return {sibling, coding};
  }
  return {path, ContentCoding::identity};
}

}  // namespace

std::string_view mime_type_of(std::string_view path) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 14> types = {{
      {".html", "text/html; charset=utf-8"},
      {".js", "text/javascript; charset=utf-8"},
      {".mjs", "text/javascript; charset=utf-8"},
      {".css", "text/css; charset=utf-8"},
      {".wasm", "application/wasm"},
      {".json", "application/json"},
      {".webmanifest", "application/manifest+json"},
      {".svg", "image/svg+xml"},
      {".png", "image/png"},
      {".ico", "image/x-icon"},
      {".jpg", "image/jpeg"},
      {".woff2", "font/woff2"},
      {".txt", "text/plain; charset=utf-8"},
      {".map", "application/json"},
  }};
  for (const auto& [extension, type] : types) {
    if (path.ends_with(extension)) return type;
  }
  return "application/octet-stream";
}

bool StaticFiles::has_page() const {
  std::error_code error;
  return fs::is_regular_file(folder_ / "index.html", error);
}

std::optional<fs::path> StaticFiles::resolve(std::string_view path) const {
  if (path == "/") path = "/index.html";
  if (path.size() > 512 || !path.starts_with('/') || !is_plain(path)) return std::nullopt;
  // Neither "..", nor hidden files, nor empty segments.
  if (path.find("/.") != std::string_view::npos || path.find("//") != std::string_view::npos) {
    return std::nullopt;
  }
  std::error_code error;
  const fs::path root = fs::canonical(folder_, error);
  if (error) return std::nullopt;
  fs::path file = fs::canonical(root / path.substr(1), error);
  if (error || !fs::is_regular_file(file, error)) return std::nullopt;
  const auto [end_of_root, _] = std::ranges::mismatch(root, file);  // a link must not lead outside
  if (end_of_root != root.end()) return std::nullopt;
  return file;
}

Reply StaticFiles::serve(const httplib::Request& request) const {
  const auto file = resolve(request.path);
  if (!file) {
    if (request.path == "/" || request.path == "/index.html") {
      Reply reply = error_reply(wire::ErrorCode::not_found);
      reply.content_type = "text/plain; charset=utf-8";
      reply.body =
          "The page is not built yet: run scripts/build web, or name its folder with --web.\n";
      return reply;
    }
    return error_reply(wire::ErrorCode::not_found);
  }
  const Variant variant = best_variant(*file, request.get_header_value("Accept-Encoding"));
  Reply reply;
  reply.content_type = mime_type_of(file->native());
  const bool is_hashed = request.path.starts_with("/static/");
  reply.headers.emplace_back("Cache-Control",
                             is_hashed ? "public, max-age=31536000, immutable" : "no-cache");
  reply.headers.emplace_back("Vary", "Accept-Encoding");
  const std::string etag = etag_of(variant.path, name_of(variant.coding));
  reply.headers.emplace_back("ETag", etag);
  if (names_tag(request.get_header_value("If-None-Match"), etag)) {
    reply.status = 304;
    return reply;
  }
  auto content = read_file(variant.path);
  if (!content) return error_reply(wire::ErrorCode::not_found);
  if (variant.coding != ContentCoding::identity) {
    reply.headers.emplace_back("Content-Encoding", std::string(name_of(variant.coding)));
  }
  reply.body = std::move(*content);
  return reply;
}

}  // namespace yuanyue
