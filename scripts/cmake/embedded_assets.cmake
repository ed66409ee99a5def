# Target yuanyue_assets: files below assets/ as bytes in the program, so that it needs no folder beside it.
#   #include "assets/embedded.h"    yuanyue::embedded_asset("calendars/cn_holidays.json")

file(GLOB_RECURSE asset_files CONFIGURE_DEPENDS RELATIVE ${CMAKE_SOURCE_DIR}/assets ${CMAKE_SOURCE_DIR}/assets/*)
list(FILTER asset_files EXCLUDE REGEX "\\.(png|svg|md|h|cpp)$")
# The server says nothing to people: the texts are the page's.
list(FILTER asset_files EXCLUDE REGEX "^i18n/")
list(TRANSFORM asset_files PREPEND ${CMAKE_SOURCE_DIR}/assets/ OUTPUT_VARIABLE asset_paths)
set(asset_code ${CMAKE_BINARY_DIR}/generated/assets/embedded.cpp)

add_custom_command(OUTPUT ${asset_code}
  COMMAND ${CMAKE_COMMAND} -DASSETS_DIR=${CMAKE_SOURCE_DIR}/assets "-DASSET_FILES=${asset_files}"
    -DOUTPUT=${asset_code} -P ${CMAKE_SOURCE_DIR}/scripts/cmake/write_embedded_assets.cmake
  DEPENDS ${asset_paths} ${CMAKE_SOURCE_DIR}/scripts/cmake/write_embedded_assets.cmake
  VERBATIM)
configure_file(${CMAKE_SOURCE_DIR}/scripts/cmake/embedded_assets.h.in
  ${CMAKE_BINARY_DIR}/generated/assets/embedded.h COPYONLY)

add_library(yuanyue_assets STATIC EXCLUDE_FROM_ALL ${asset_code})
target_include_directories(yuanyue_assets PUBLIC ${CMAKE_BINARY_DIR}/generated)
target_link_libraries(yuanyue_assets PRIVATE yuanyue_no_exceptions)
