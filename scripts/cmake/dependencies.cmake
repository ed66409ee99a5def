# Third-party code: Debian's libraries natively, pinned sources and staged headers from the cache.
# scripts/build fetches them; each folder can be set by hand.

set(HTTPLIB_DIR ${YUANYUE_CACHE}/deps/httplib CACHE PATH "Folder of httplib.h")
set(IMGUI_DIR ${YUANYUE_CACHE}/deps/imgui CACHE PATH "Folder of imgui.h")
set(YUANYUE_HEADERS_DIR ${YUANYUE_CACHE}/deps/headers CACHE PATH
  "Folder of nlohmann/, tsl/ and googletest/ for the WebAssembly build")

function(yuanyue_require_file path hint)
  if(NOT EXISTS ${path})
    message(FATAL_ERROR "${path} is missing: ${hint}")
  endif()
endfunction()

# Header-only libraries that core and web use too.
add_library(yuanyue_headers INTERFACE)
if(EMSCRIPTEN)
  yuanyue_require_file(${YUANYUE_HEADERS_DIR}/nlohmann/json.hpp "run scripts/build web once, it stages it")
  target_include_directories(yuanyue_headers SYSTEM INTERFACE ${YUANYUE_HEADERS_DIR})
  set(googletest_dir ${YUANYUE_HEADERS_DIR}/googletest)
else()
  set(googletest_dir /usr/src/googletest)
endif()

# Built from source in every preset, so that it has the same sanitizers as the code under test.
yuanyue_require_file(${googletest_dir}/googletest/src/gtest-all.cc "run scripts/build once, it installs googletest")
add_library(yuanyue_gtest STATIC EXCLUDE_FROM_ALL
  ${googletest_dir}/googletest/src/gtest-all.cc
  ${googletest_dir}/googlemock/src/gmock-all.cc
  ${googletest_dir}/googlemock/src/gmock_main.cc)
target_include_directories(yuanyue_gtest SYSTEM PUBLIC
  ${googletest_dir}/googletest/include ${googletest_dir}/googlemock/include)
target_include_directories(yuanyue_gtest PRIVATE ${googletest_dir}/googletest ${googletest_dir}/googlemock)
# Threads are for the server's own tests; one definition for the library and all that includes its headers.
if(EMSCRIPTEN)
  target_compile_definitions(yuanyue_gtest PUBLIC GTEST_HAS_PTHREAD=0)
  target_link_libraries(yuanyue_gtest PUBLIC yuanyue_no_exceptions)
else()
  find_package(Threads REQUIRED)
  target_link_libraries(yuanyue_gtest PUBLIC Threads::Threads)
endif()

if(NOT EMSCRIPTEN)
  yuanyue_require_file(${HTTPLIB_DIR}/httplib.h "run scripts/build native once, it fetches it")
  add_library(yuanyue_httplib INTERFACE)
  target_include_directories(yuanyue_httplib SYSTEM INTERFACE ${HTTPLIB_DIR})
  target_link_libraries(yuanyue_httplib INTERFACE Threads::Threads)
  # With sanitizers g++ 12 reports the std::regex that it uses falsely (GCC bug 105562).
  if(YUANYUE_SANITIZE AND CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    target_compile_options(yuanyue_httplib INTERFACE -Wno-maybe-uninitialized)
  endif()

  # Boost's headers: Asio, Beast and Intrusive. Not by its package, whose definitions would be everybody's.
  find_path(BOOST_INCLUDE_DIR boost/beast/http/parser.hpp REQUIRED)
  find_package(spdlog REQUIRED)
  find_package(fmt REQUIRED)
  find_package(CLI11 REQUIRED)
  find_package(SQLite3 REQUIRED)
  find_package(ZLIB REQUIRED)
  find_library(SODIUM_LIBRARY sodium REQUIRED)
  find_library(BROTLI_ENCODER_LIBRARY brotlienc REQUIRED)
  add_library(yuanyue_server_libraries INTERFACE)
  target_include_directories(yuanyue_server_libraries SYSTEM INTERFACE ${BOOST_INCLUDE_DIR})
  target_link_libraries(yuanyue_server_libraries INTERFACE yuanyue_httplib spdlog::spdlog fmt::fmt CLI11::CLI11
    SQLite::SQLite3 ZLIB::ZLIB ${SODIUM_LIBRARY} ${BROTLI_ENCODER_LIBRARY})
endif()
