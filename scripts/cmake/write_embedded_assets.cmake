# cmake -DASSETS_DIR= -DASSET_FILES= -DOUTPUT= -P write_embedded_assets.cmake : writes the source of yuanyue_assets.

list(SORT ASSET_FILES)
set(arrays "")
set(rows "")
set(number 0)
foreach(path IN LISTS ASSET_FILES)
  file(READ ${ASSETS_DIR}/${path} hex HEX)
  string(LENGTH "${hex}" digits)
  math(EXPR size "${digits} / 2")
  string(REGEX REPLACE "(..)" "0x\\1," bytes "${hex}")
  string(APPEND arrays "constexpr unsigned char bytes_${number}[] = {${bytes}0};\n")
  string(APPEND rows "    {\"${path}\", {reinterpret_cast<const char*>(bytes_${number}), ${size}}},\n")
  math(EXPR number "${number} + 1")
endforeach()
if(number EQUAL 0)
  set(rows "    {},\n")
endif()

file(WRITE ${OUTPUT} "// Written by scripts/cmake/write_embedded_assets.cmake.
#include \"assets/embedded.h\"

namespace yuanyue {
namespace {

${arrays}
const EmbeddedAsset files[] = {
${rows}};

}  // namespace

std::span<const EmbeddedAsset> embedded_assets() { return std::span(files).first(${number}); }

std::string_view embedded_asset(std::string_view path) {
  for (const EmbeddedAsset& file : embedded_assets()) {
    if (file.path == path) return file.bytes;
  }
  return {};
}

}  // namespace yuanyue
")
