// cpp-httplib with this server's settings: the only place that may include it.
#pragma once

#define CPPHTTPLIB_USE_POLL  // select() cannot watch descriptors beyond 1023
#define CPPHTTPLIB_LISTEN_BACKLOG 512
// How often an idle connection looks whether the server stops; the default of 10 ms costs a
// processor.
#define CPPHTTPLIB_KEEPALIVE_TIMEOUT_CHECK_INTERVAL_USECOND 200000
#define CPPHTTPLIB_TCP_NODELAY true

#include <httplib.h>
