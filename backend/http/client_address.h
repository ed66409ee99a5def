// Who asks: the address that limits are counted by.
#pragma once

#include <string>

#include "backend/http/httplib_config.h"

namespace yuanyue {

// The peer's address. With a trusted proxy before us the last entry of the last X-Forwarded-For,
// which is what that proxy has seen; everything before it, anybody may have written. A port behind
// it is left out, and what is no address at all is the peer's.
std::string client_address(const httplib::Request& request, bool trusted_proxy);

}  // namespace yuanyue
