#include "web/bridge/fonts.h"

#include <cmath>
#include <cstdint>

#include <imgui.h>
#include <imgui_internal.h>

#include "web/bridge/fonts_setup.h"
#include "web/bridge/host.h"

namespace yuanyue::web::fonts {
namespace {

// The ideographic em box: Chinese characters fill it, and Latin capitals sit in its middle.
constexpr float ascent_em = 0.88f;

ImFont* regular_font = nullptr;
ImFont* semibold_font = nullptr;

int weight_of(const ImFontConfig& source) { return static_cast<int>(source.FontNo); }

bool keep_source(ImFontAtlas*, ImFontConfig*) { return true; }
void forget_source(ImFontAtlas*, ImFontConfig*) {}

// The browser falls back from font to font by itself, so that every character has some glyph.
bool contains_glyph(ImFontAtlas*, ImFontConfig*, ImWchar codepoint) { return codepoint >= 0x20; }

float device_ascent(const ImFontBaked& baked) {
  return std::round(ascent_em * baked.Size * baked.RasterizerDensity);
}

bool start_size(ImFontAtlas*, ImFontConfig*, ImFontBaked* baked, void*) {
  baked->Ascent = device_ascent(*baked) / baked->RasterizerDensity;
  baked->Descent = baked->Ascent - baked->Size;
  return true;
}

bool place_bitmap(ImFontAtlas* atlas, ImFontConfig* source, ImFontBaked* baked,
                  const std::int32_t (&box)[4], ImFontGlyph* glyph) {
  const int width = box[2], height = box[3];
  const ImFontAtlasRectId id = ImFontAtlasPackAddRect(atlas, width, height);
  if (id == ImFontAtlasRectId_Invalid) return false;
  ImTextureRect* place = ImFontAtlasPackGetRect(atlas, id);
  ImVector<unsigned char>& pixels = atlas->Builder->TempBuffer;
  pixels.resize(width * height);
  yuanyue_host_glyph_pixels(pixels.Data);

  const float density = baked->RasterizerDensity;
  const float top = device_ascent(*baked) + static_cast<float>(box[1]);
  glyph->X0 = static_cast<float>(box[0]) / density;
  glyph->Y0 = top / density;
  glyph->X1 = static_cast<float>(box[0] + width) / density;
  glyph->Y1 = (top + static_cast<float>(height)) / density;
  glyph->Visible = true;
  glyph->PackId = id;
  ImFontAtlasBakedSetFontGlyphBitmap(atlas, baked, source, glyph, place, pixels.Data,
                                     ImTextureFormat_Alpha8, width);
  return true;
}

bool load_glyph(ImFontAtlas* atlas, ImFontConfig* source, ImFontBaked* baked, void*,
                ImWchar codepoint, ImFontGlyph* glyph, float* advance_only) {
  if (codepoint < 0x20) return false;
  std::int32_t box[4] = {};
  const double density = static_cast<double>(baked->RasterizerDensity);
  const double pixels = static_cast<double>(baked->Size) * density;
  const auto advance =
      static_cast<float>(yuanyue_host_glyph(codepoint, weight_of(*source), pixels, box) / density);
  if (advance_only != nullptr) {
    *advance_only = advance;
    return true;
  }
  glyph->Codepoint = codepoint;
  glyph->AdvanceX = advance;
  if (box[2] <= 0 || box[3] <= 0) return true;
  return place_bitmap(atlas, source, baked, box, glyph);
}

const ImFontLoader& canvas_loader() {
  static const ImFontLoader loader = [] {
    ImFontLoader made;
    made.Name = "canvas-2d";
    made.FontSrcInit = keep_source;
    made.FontSrcDestroy = forget_source;
    made.FontSrcContainsGlyph = contains_glyph;
    made.FontBakedInit = start_size;
    made.FontBakedLoadGlyph = load_glyph;
    return made;
  }();
  return loader;
}

ImFont* add(int weight) {
  ImFontConfig config;
  config.FontLoader = &canvas_loader();
  config.FontNo = static_cast<ImU32>(weight);
  config.SizePixels = 15;
  config.PixelSnapH = false;
  return ImGui::GetIO().Fonts->AddFont(&config);
}

}  // namespace

void start() {
  ImFontAtlas& atlas = *ImGui::GetIO().Fonts;
  atlas.Flags |= ImFontAtlasFlags_NoBakedLines | ImFontAtlasFlags_NoMouseCursors;
  // Coverage alone is a quarter of the memory of colours; the renderer reads it so.
  atlas.TexDesiredFormat = ImTextureFormat_Alpha8;
  // Room for a first view, so that the texture rarely has to grow.
  atlas.TexMinWidth = 1024;
  atlas.TexMinHeight = 512;
  atlas.SetFontLoader(&canvas_loader());
  regular_font = add(400);
  semibold_font = add(600);
}

void set_density(float device_pixels_per_pixel) {
  for (ImFont* font : {regular_font, semibold_font})
    font->CurrentRasterizerDensity = device_pixels_per_pixel;
}

ImFont* regular() { return regular_font; }
ImFont* semibold() { return semibold_font; }

}  // namespace yuanyue::web::fonts
