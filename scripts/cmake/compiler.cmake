# Language, warnings, optimisation, sanitizers and the compiler cache: what every target of ours has in common.

set(CMAKE_CXX_STANDARD 23)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_CXX_SCAN_FOR_MODULES OFF)

# Asserts stay on in production: a broken invariant must stop, not go on.
set(CMAKE_CXX_FLAGS_RELEASE "-O2 -g1")
set(CMAKE_CXX_FLAGS_SANITIZE "-O1 -g1 -fno-omit-frame-pointer")
# Without exceptions there are no hidden branches to count; inlined code is counted where it stands.
set(CMAKE_CXX_FLAGS_COVERAGE "-O0 -g1 --coverage -fprofile-update=atomic -fno-inline")
# For scripts/mutate, which compiles and links once for each fault: quick to build, still quick to run, and nothing is
# refused for a warning.
set(CMAKE_CXX_FLAGS_MUTATE "-O1 -w")
# A page is small first: it decides a command now and then, in 3 us instead of 2.
if(EMSCRIPTEN)
  set(CMAKE_CXX_FLAGS_RELEASE "-Oz")
endif()

set(YUANYUE_SANITIZE "" CACHE STRING "Value of -fsanitize=, empty for none")
if(YUANYUE_SANITIZE)
  add_compile_options(-fsanitize=${YUANYUE_SANITIZE} -fno-sanitize-recover=all)
  add_link_options(-fsanitize=${YUANYUE_SANITIZE})
endif()

# Objects do not depend on where the checkout is, so that the compiler cache serves every checkout.
add_compile_options(-ffile-prefix-map=${CMAKE_SOURCE_DIR}/=)

# One definition of nlohmann/json everywhere: core is built without exceptions, and the linker keeps only one copy
# of each inline function. Parse with the no-throw form, and check types before access.
add_compile_definitions(JSON_NOEXCEPTION=1)

add_library(yuanyue_warnings INTERFACE)
target_compile_options(yuanyue_warnings INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Werror
  # Fields that are not named in { .a = 1 } have their default, which is what it is for.
  -Wno-missing-field-initializers
  # g++ 12 reports std::string concatenation falsely (GCC bug 105651).
  $<$<CXX_COMPILER_ID:GNU>:-Wno-restrict>
  # What g++ leaves out of -Wconversion and -Wextra.
  $<$<CXX_COMPILER_ID:Clang>:-Wno-sign-conversion$<SEMICOLON>-Wno-missing-designated-field-initializers>)

add_library(yuanyue_no_exceptions INTERFACE)
target_compile_options(yuanyue_no_exceptions INTERFACE -fno-exceptions -fno-rtti)

if(DEFINED ENV{YUANYUE_CACHE})
  set(yuanyue_cache_default $ENV{YUANYUE_CACHE})
elseif(DEFINED ENV{XDG_CACHE_HOME})
  set(yuanyue_cache_default $ENV{XDG_CACHE_HOME}/yuanyue)
else()
  set(yuanyue_cache_default $ENV{HOME}/.cache/yuanyue)
endif()
set(YUANYUE_CACHE ${yuanyue_cache_default} CACHE PATH "Folder of the fetched tools and sources")

find_program(YUANYUE_CCACHE ccache)
if(YUANYUE_CCACHE)
  set(launcher env CCACHE_DIR=${YUANYUE_CACHE}/ccache CCACHE_BASEDIR=${CMAKE_SOURCE_DIR} CCACHE_NOHASHDIR=1
    CCACHE_DEPEND=1 CCACHE_SLOPPINESS=time_macros,locale CCACHE_MAXSIZE=2G CCACHE_COMPILERTYPE=)
  if(EMSCRIPTEN)
    # em++ is a script that never changes, so its version stands for the compiler.
    list(TRANSFORM launcher REPLACE "^CCACHE_COMPILERTYPE=$" "CCACHE_COMPILERTYPE=clang")
    list(APPEND launcher CCACHE_COMPILERCHECK=string:emscripten-${EMSCRIPTEN_VERSION}-clang-${CMAKE_CXX_COMPILER_VERSION})
  else()
    list(REMOVE_ITEM launcher CCACHE_COMPILERTYPE=)
  endif()
  set(CMAKE_CXX_COMPILER_LAUNCHER ${launcher} ${YUANYUE_CCACHE})
endif()
