// Schemas of bodies, by the names that routes use. Rows, commands and refusals are described in
// docs/protocol.md; here they are objects told apart by "type" or "code".
#pragma once

namespace yuanyue {

inline constexpr const char* openapi_schemas = R"json({
  "Empty": {"type": "object", "maxProperties": 0},
  "Health": {"type": "object", "required": ["ok"], "properties": {"ok": {"type": "boolean"}}},
  "Ready": {"type": "object", "required": ["ready", "clock", "clock_ahead_ms"], "properties": {
    "ready": {"type": "boolean"},
    "reason": {"enum": ["disk_full", "read_only", "failed_write", "corrupt", "busy", "diverged", "other",
                        "stopping"], "description": "why it is not ready"},
    "clock": {"enum": ["good", "ahead", "held_back"]},
    "clock_ahead_ms": {"type": "integer", "description": "of the machine's clock"}}},
  "Time": {"type": "object", "required": ["now", "server_now"], "properties": {
    "now": {"type": "string", "format": "date-time"},
    "server_now": {"type": "integer", "description": "UTC milliseconds since 1970"}}},
  "ClockRequest": {"type": "object", "required": ["now"], "additionalProperties": false, "properties": {
    "now": {"type": "string", "format": "date-time"}}},
  "Error": {"type": "object", "required": ["code"], "properties": {
    "code": {"type": "string", "description": "stable"},
    "message": {"type": "string", "description": "for people who write programs"},
    "field": {"type": "string", "description": "malformed: where in the body"}}},
  "SignInRequest": {"type": "object", "required": ["name", "password"], "additionalProperties": false,
    "properties": {
      "name": {"type": "string", "description": "user name or unified social credit code"},
      "password": {"type": "string", "maxLength": 256}}},
  "ChangePasswordRequest": {"type": "object", "required": ["current_password", "new_password"],
    "additionalProperties": false, "properties": {
      "current_password": {"type": "string", "maxLength": 256},
      "new_password": {"type": "string", "minLength": 10, "maxLength": 256}}},
  "SessionResponse": {"type": "object",
    "required": ["server_now", "csrf_token", "must_change_password", "user"], "properties": {
      "server_now": {"type": "integer"},
      "csrf_token": {"type": "string", "description": "goes into the header X-Yuanyue-CSRF"},
      "must_change_password": {"type": "boolean"},
      "user": {"$ref": "#/components/schemas/Row"},
      "enterprise": {"$ref": "#/components/schemas/Row"}}},
  "Row": {"type": "object", "description": "docs/protocol.md, by type"},
  "RowKey": {"type": "object", "required": ["type"], "properties": {"type": {"type": "string"}}},
  "Command": {"type": "object", "required": ["type"], "properties": {"type": {"type": "string"}}},
  "LedgerEntry": {"type": "object"},
  "Rejection": {"type": "object", "required": ["code"], "properties": {
    "code": {"type": "string"},
    "ways": {"type": "array", "items": {"type": "object"}}}},
  "CommandResult": {"type": "object", "required": ["seq", "id", "accepted"], "properties": {
    "seq": {"type": "integer", "minimum": 1},
    "id": {"type": "string", "format": "uuid"},
    "accepted": {"type": "boolean"},
    "revision": {"type": "integer"},
    "rejection": {"$ref": "#/components/schemas/Rejection"}}},
  "PushRequest": {"type": "object", "required": ["protocol", "client", "commands"],
    "additionalProperties": false, "properties": {
      "protocol": {"type": "integer"},
      "client": {"type": "string", "format": "uuid"},
      "commands": {"type": "array", "minItems": 1, "maxItems": 50, "items": {"type": "object",
        "required": ["seq", "id", "command"], "additionalProperties": false, "properties": {
          "seq": {"type": "integer", "minimum": 1},
          "id": {"type": "string", "format": "uuid"},
          "command": {"$ref": "#/components/schemas/Command"}}}}}},
  "PushResponse": {"type": "object", "required": ["server_now", "last_seq", "results"], "properties": {
      "server_now": {"type": "integer"},
      "last_seq": {"type": "integer"},
      "results": {"type": "array", "items": {"$ref": "#/components/schemas/CommandResult"}}}},
  "PullResponse": {"type": "object",
    "required": ["server_now", "cookie", "reset", "rows", "deletes", "ledger", "last_seq", "results"],
    "properties": {
      "server_now": {"type": "integer"},
      "cookie": {"type": "string"},
      "reset": {"type": "boolean", "description": "the rows are all there is"},
      "rows": {"type": "array", "items": {"$ref": "#/components/schemas/Row"}},
      "deletes": {"type": "array", "items": {"$ref": "#/components/schemas/RowKey"}},
      "ledger": {"type": "array", "items": {"$ref": "#/components/schemas/LedgerEntry"}},
      "last_seq": {"type": "integer"},
      "results": {"type": "array", "items": {"$ref": "#/components/schemas/CommandResult"}}}},
  "HistoryResponse": {"type": "object", "required": ["server_now"], "properties": {
    "server_now": {"type": "integer"},
    "rows": {"type": "array", "maxItems": 100, "items": {"$ref": "#/components/schemas/Row"},
             "description": "a page: the latest finished first"},
    "row": {"$ref": "#/components/schemas/Row"},
    "ledger": {"type": "array", "maxItems": 100, "items": {"$ref": "#/components/schemas/LedgerEntry"},
               "description": "a timeline: the latest first"},
    "next": {"type": "string", "description": "`before` of the next page; none: that was all"}}},
  "OpenApi": {"type": "object"}
})json";

}  // namespace yuanyue
