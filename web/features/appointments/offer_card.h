// A seat held for the enterprise, until when, and what is given up for it.
#pragma once

#include "web/app/app.h"

namespace yuanyue::web::app {

// What is offered and given up, with the countdown; used by the home view and the offer's own.
void offer_facts(App& app, const Offer& offer);
// A card with the facts and the way to the answer. Not for offers that are closed.
void offer_card(App& app, const Offer& offer);

}  // namespace yuanyue::web::app
