#include "backend/connections/request_rules.h"

#include <algorithm>
#include <array>
#include <optional>

namespace yuanyue {

namespace {

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool is_same(std::string_view a, std::string_view b) {
  return std::ranges::equal(a, b, [](char x, char y) { return lower(x) == lower(y); });
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

template <std::size_t count>
bool is_one_of(std::string_view name, const std::array<std::string_view, count>& names) {
  return std::ranges::any_of(names, [&](std::string_view one) { return is_same(name, one); });
}

// Between this connection's ends only, made anew from the body, or not offered (ranges would be
// cut out of compressed bodies). Fields that Connection names are kept: dropping them would let a
// client drop what the proxy has added.
constexpr std::array<std::string_view, 13> dropped_fields = {"Connection",
                                                             "Proxy-Connection",
                                                             "Keep-Alive",
                                                             "TE",
                                                             "Trailer",
                                                             "Upgrade",
                                                             "Transfer-Encoding",
                                                             "Content-Length",
                                                             "Expect",
                                                             "Range",
                                                             "If-Range",
                                                             "HTTP2-Settings",
                                                             "Host"};

constexpr std::array<std::string_view, 7> methods = {"GET",   "HEAD",   "POST",   "PUT",
                                                     "PATCH", "DELETE", "OPTIONS"};

bool may_have_body(std::string_view method) {
  return method == "POST" || method == "PUT" || method == "PATCH" || method == "DELETE";
}

// A name or address with a port or without; brackets for IPv6.
bool is_authority(std::string_view text) {
  return !text.empty() && text.size() <= 255 && std::ranges::all_of(text, [](char c) {
    return is_digit(c) || (lower(c) >= 'a' && lower(c) <= 'z') || c == '-' || c == '.' ||
           c == ':' || c == '[' || c == ']' || c == '_';
  });
}

bool has_token(std::string_view list, std::string_view token) {
  while (!list.empty()) {
    const auto comma = list.find(',');
    std::string_view item = list.substr(0, comma);
    list = comma == std::string_view::npos ? std::string_view() : list.substr(comma + 1);
    while (!item.empty() && (item.front() == ' ' || item.front() == '\t')) item.remove_prefix(1);
    while (!item.empty() && (item.back() == ' ' || item.back() == '\t')) item.remove_suffix(1);
    if (is_same(item, token)) return true;
  }
  return false;
}

std::unexpected<RequestRefusal> refused(int status, std::string reason) {
  return std::unexpected(RequestRefusal{status, std::move(reason)});
}

// What the fields say about framing.
struct Framing {
  std::size_t lengths = 0;
  std::size_t codings = 0;
  std::size_t hosts = 0;
  std::string_view length;
  std::string_view coding;
  std::string_view host;
  std::string_view expect;
  bool close = false;
};

Framing framing_of(const RequestHead& head) {
  Framing framing;
  for (const auto& [name, value] : head.fields) {
    if (is_same(name, "Content-Length")) {
      ++framing.lengths;
      framing.length = value;
    } else if (is_same(name, "Transfer-Encoding")) {
      ++framing.codings;
      framing.coding = value;
    } else if (is_same(name, "Host")) {
      ++framing.hosts;
      framing.host = value;
    } else if (is_same(name, "Expect")) {
      framing.expect = value;
    } else if (is_same(name, "Connection") && has_token(value, "close")) {
      framing.close = true;
    }
  }
  return framing;
}

std::optional<RequestRefusal> check_body_framing(const RequestHead& head, const Framing& framing) {
  if (framing.lengths + framing.codings > 1) {
    return RequestRefusal{400, "The body's length is given more than once."};
  }
  if (framing.codings > 0 && (!is_same(framing.coding, "chunked") || head.is_http_1_0)) {
    return RequestRefusal{400, "The transfer coding is not chunked, or not of this version."};
  }
  if (framing.lengths > 0 && (framing.length.empty() || framing.length.size() > 12 ||
                              !std::ranges::all_of(framing.length, is_digit))) {
    return RequestRefusal{400, "The body's length is no number."};
  }
  const bool says_empty = framing.codings == 0 && (framing.lengths == 0 || framing.length == "0");
  if (!may_have_body(head.method)) {
    if (says_empty) return std::nullopt;
    return RequestRefusal{400, "This method has no body."};
  }
  if (framing.lengths + framing.codings == 0 && head.method != "DELETE") {
    return RequestRefusal{411, "The body's length must be given."};
  }
  return std::nullopt;
}

struct Target {
  std::string origin_form;
  std::string_view authority;  // of an absolute target
};

std::expected<Target, RequestRefusal> target_of(const RequestHead& head) {
  const std::string_view target = head.target;
  const bool is_plain =
      std::ranges::all_of(target, [](char c) { return c > ' ' && c < '\x7f' && c != '#'; });
  if (!is_plain || target.empty()) return refused(400, "The target is malformed.");
  if (target.front() == '/') return Target{std::string(target), {}};
  if (target == "*" && head.method == "OPTIONS") return Target{"*", {}};
  for (const std::string_view scheme : {"http://", "https://"}) {
    if (!is_same(target.substr(0, scheme.size()), scheme)) continue;
    const std::string_view rest = target.substr(scheme.size());
    const auto end = std::min(rest.find_first_of("/?"), rest.size());
    std::string path(rest.substr(end));
    if (!path.starts_with('/')) path.insert(path.begin(), '/');
    return Target{std::move(path), rest.substr(0, end)};
  }
  return refused(400, "The target is neither a path nor an address.");
}

}  // namespace

bool is_control(char c) { return (c >= '\0' && c < ' ' && c != '\t') || c == '\x7f'; }

bool is_harmless_trailer(std::string_view line) {
  const std::string_view name = line.substr(0, line.find(':'));
  const bool is_token =
      !name.empty() && name.size() < line.size() &&
      std::ranges::all_of(
          name,
          [](char c) {
            return is_digit(c) || (lower(c) >= 'a' && lower(c) <= 'z') ||
                   std::string_view("!#$%&'*+-.^_`|~").find(c) != std::string_view::npos;
          });
  return is_token && !is_one_of(name, dropped_fields);
}

bool names_other_version(std::string_view head) {
  const std::string_view line = head.substr(0, head.find('\r'));
  if (line.size() < 9) return false;
  const std::string_view version = line.substr(line.size() - 9);
  const bool has_three_parts = std::ranges::count(line, ' ') == 2;
  return has_three_parts && version.starts_with(" HTTP/") && is_digit(version[6]) &&
         version[7] == '.' && is_digit(version[8]);
}

std::expected<CanonicalHead, RequestRefusal> canonical_head(const RequestHead& head) {
  if (std::ranges::find(methods, head.method) == methods.end()) {
    return refused(501, "This method is not known.");
  }
  auto target = target_of(head);
  if (!target) return std::unexpected(std::move(target.error()));
  const Framing framing = framing_of(head);
  if (framing.hosts > 1 || (framing.hosts == 0 && !head.is_http_1_0)) {
    return refused(400, "There must be exactly one Host.");
  }
  if (framing.hosts == 1 && !is_authority(framing.host)) {
    return refused(400, "The Host is malformed.");
  }
  const bool is_absolute = target->authority.data() != nullptr;
  if (is_absolute && !is_authority(target->authority)) {
    return refused(400, "The target is malformed.");
  }
  if (auto refusal = check_body_framing(head, framing)) return std::unexpected(*refusal);
  if (!framing.expect.empty() && !is_same(framing.expect, "100-continue")) {
    return refused(417, "Only 100-continue can be expected.");
  }

  CanonicalHead canonical;
  canonical.may_have_body = may_have_body(head.method);
  canonical.is_chunked = framing.codings > 0;
  for (const char c : framing.length) {
    canonical.body_bytes = canonical.body_bytes * 10 + static_cast<std::size_t>(c - '0');
  }
  canonical.expects_continue = !framing.expect.empty() && !head.is_http_1_0;
  canonical.close_after = framing.close || head.is_http_1_0;
  canonical.text = head.method;
  canonical.text += ' ';
  canonical.text += target->origin_form;
  canonical.text += " HTTP/1.1\r\n";
  const std::string_view host = is_absolute ? target->authority : framing.host;
  const auto add = [&](std::string_view name, std::string_view value) {
    canonical.text += name;
    canonical.text += ": ";
    canonical.text += value;
    canonical.text += "\r\n";
  };
  if (!host.empty()) add("Host", host);
  for (const auto& [name, value] : head.fields) {
    if (!is_one_of(name, dropped_fields)) add(name, value);
  }
  canonical.target = std::move(target->origin_form);
  return canonical;
}

}  // namespace yuanyue
