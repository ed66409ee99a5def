// Who is signed in.
#pragma once

#include "web/app/feature.h"

namespace yuanyue::web::app {

void sign_in_view(App& app);
void password_view(App& app);
void account_view(App& app);

inline constexpr Page sign_in_page{.path = "/sign-in",
                                   .title = "title.sign_in",
                                   .navigation = "home",
                                   .access = Access::everyone,
                                   .view = sign_in_view};
inline constexpr Page password_page{.path = "/password",
                                    .title = "title.password",
                                    .navigation = "account",
                                    .access = Access::signed_in,
                                    .view = password_view};
inline constexpr Page account_page{.path = "/account",
                                   .title = "title.account",
                                   .navigation = "account",
                                   .access = Access::signed_in,
                                   .view = account_view};

}  // namespace yuanyue::web::app
