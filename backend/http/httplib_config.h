// cpp-httplib with this server's settings: the only place that may include it.
#pragma once

#define CPPHTTPLIB_USE_POLL  // select() cannot watch descriptors beyond 1023
// What a request may be, RequestReader has decided before; the library must not cut in below.
#define CPPHTTPLIB_REQUEST_URI_MAX_LENGTH 16384
#define CPPHTTPLIB_HEADER_MAX_LENGTH 16384
#define CPPHTTPLIB_HEADER_MAX_COUNT 200

#include <httplib.h>
