#include "backend/http/openapi.h"

#include <cassert>
#include <map>

#include <nlohmann/json.hpp>

#include "backend/http/openapi_schemas.h"

namespace yuanyue {

namespace {

using nlohmann::json;

json reference(const std::string& schema) { return {{"$ref", "#/components/schemas/" + schema}}; }

json content(const std::string& schema) {
  return {{"application/json", {{"schema", reference(schema)}}}};
}

json responses_of(const Route& route) {
  json done = {{route.response_type, {{"schema", {{"type", "string"}}}}}};
  if (!route.response_schema.empty()) done = content(route.response_schema);
  json responses = {{"200", {{"description", "Done"}, {"content", std::move(done)}}}};
  std::map<int, std::string> codes;  // one status may stand for several codes
  for (const wire::ErrorCode code : route.errors) {
    std::string& names = codes[wire::http_status(code)];
    if (!names.empty()) names += ", ";
    names += wire::to_string(code);
  }
  if (!route.no_content.empty()) responses["204"] = {{"description", route.no_content}};
  for (const auto& [status, names] : codes) {
    responses[std::to_string(status)] = {{"description", names}, {"content", content("Error")}};
  }
  return responses;
}

json operation_of(const Route& route) {
  json operation = {{"summary", route.summary}, {"responses", responses_of(route)}};
  if (!route.request_schema.empty()) {
    operation["requestBody"] = {{"required", true}, {"content", content(route.request_schema)}};
  }
  json parameters = json::array();
  for (const auto& [name, description] : route.query) {
    parameters.push_back({{"name", name},
                          {"in", "query"},
                          {"required", name == "client"},
                          {"description", description},
                          {"schema", {{"type", "string"}}}});
  }
  if (!parameters.empty()) operation["parameters"] = std::move(parameters);
  json security = json::array();
  if (route.access == Access::visitor_or_session) security.push_back(json::object());
  if (route.access != Access::anyone) {
    json scheme = {{"session", json::array()}};
    if (route.method != Method::get) scheme["csrf"] = json::array();
    security.push_back(std::move(scheme));
  }
  operation["security"] = std::move(security);
  return operation;
}

std::string lower(std::string_view text) {
  std::string result(text);
  for (char& c : result) c = static_cast<char>(c - 'A' + 'a');
  return result;
}

}  // namespace

std::string openapi_document(const std::vector<Route>& routes) {
  const json schemas = json::parse(openapi_schemas, nullptr, false);
  assert(schemas.is_object());
  json paths = json::object();
  for (const Route& route : routes) {
    paths[route.path][lower(name_of(route.method))] = operation_of(route);
  }
  const json document = {
      {"openapi", "3.1.0"},
      {"info",
       {{"title", "Yuanyue"},
        {"version", "1"},
        {"description",
         "Appointments of a business park. docs/protocol.md says what it promises."}}},
      {"paths", std::move(paths)},
      {"components",
       {{"schemas", schemas},
        {"securitySchemes",
         {{"session", {{"type", "apiKey"}, {"in", "cookie"}, {"name", "yuanyue_session"}}},
          {"csrf", {{"type", "apiKey"}, {"in", "header"}, {"name", "X-Yuanyue-CSRF"}}}}}}}};
  return document.dump();
}

}  // namespace yuanyue
