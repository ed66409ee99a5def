// Schema 7, of results: refusals say only what their kind has to say.
#pragma once

#include "backend/store/sqlite.h"

namespace yuanyue {

// What cannot be read stays as it is, and is answered as somebody else's.
void bring_refusals_along(SqliteConnection& connection);

}  // namespace yuanyue
