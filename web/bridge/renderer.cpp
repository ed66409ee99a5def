// A renderer of our own rather than Dear ImGui's: nobody else draws on this context, so nothing is
// saved and restored, and asking WebGL for its state costs many times what drawing does.
#include "web/bridge/renderer.h"

#include <algorithm>
#include <cmath>
#include <cstddef>

#include <GLES3/gl3.h>
#include <emscripten/html5.h>
#include <imgui.h>

namespace yuanyue::web::renderer {
namespace {

constexpr char vertex_source[] =
    "#version 300 es\n"
    "layout(location=0) in vec2 position;layout(location=1) in vec2 uv;"
    "layout(location=2) in vec4 color;uniform vec2 scale;"
    "out mediump vec2 place;out lowp vec4 tint;"
    "void main(){place=uv;tint=color;"
    "gl_Position=vec4(position*scale*vec2(1,-1)+vec2(-1,1),0,1);}";
constexpr char fragment_source[] =
    "#version 300 es\n"
    "precision mediump float;uniform sampler2D coverage;in mediump vec2 place;in lowp vec4 tint;"
    "layout(location=0) out vec4 result;"
    "void main(){result=vec4(tint.rgb,tint.a*texture(coverage,place).r);}";

struct Objects {
  GLuint program = 0, vertex_array = 0, vertices = 0, indices = 0;
  GLint scale = -1;
};
Objects objects;

GLuint compile(GLenum kind, const char* source) {
  const GLuint shader = glCreateShader(kind);
  glShaderSource(shader, 1, &source, nullptr);
  glCompileShader(shader);
  return shader;
}

bool make_program() {
  objects.program = glCreateProgram();
  for (const GLuint shader :
       {compile(GL_VERTEX_SHADER, vertex_source), compile(GL_FRAGMENT_SHADER, fragment_source)}) {
    glAttachShader(objects.program, shader);
    glDeleteShader(shader);
  }
  glLinkProgram(objects.program);
  GLint linked = GL_FALSE;
  glGetProgramiv(objects.program, GL_LINK_STATUS, &linked);
  objects.scale = glGetUniformLocation(objects.program, "scale");
  return linked == GL_TRUE;
}

bool make_objects() {
  if (!make_program()) return false;
  glGenVertexArrays(1, &objects.vertex_array);
  glGenBuffers(1, &objects.vertices);
  glGenBuffers(1, &objects.indices);
  glBindVertexArray(objects.vertex_array);
  glBindBuffer(GL_ARRAY_BUFFER, objects.vertices);
  glBindBuffer(GL_ELEMENT_ARRAY_BUFFER, objects.indices);
  for (const GLuint attribute : {0u, 1u, 2u}) glEnableVertexAttribArray(attribute);
  glUseProgram(objects.program);
  glEnable(GL_BLEND);
  glBlendFuncSeparate(GL_SRC_ALPHA, GL_ONE_MINUS_SRC_ALPHA, GL_ONE, GL_ONE_MINUS_SRC_ALPHA);
  glPixelStorei(GL_UNPACK_ALIGNMENT, 1);
  return true;
}

void make_texture(ImTextureData& texture) {
  GLuint name = 0;
  glGenTextures(1, &name);
  glBindTexture(GL_TEXTURE_2D, name);
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MIN_FILTER, GL_LINEAR);
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MAG_FILTER, GL_LINEAR);
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_S, GL_CLAMP_TO_EDGE);
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_T, GL_CLAMP_TO_EDGE);
  glTexImage2D(GL_TEXTURE_2D, 0, GL_R8, texture.Width, texture.Height, 0, GL_RED, GL_UNSIGNED_BYTE,
               texture.GetPixels());
  texture.SetTexID(name);
  texture.SetStatus(ImTextureStatus_OK);
}

// One upload for all new glyphs of a frame; unchanged pixels between them cost less than more
// calls.
void update_texture(ImTextureData& texture) {
  const ImTextureRect& changed = texture.UpdateRect;
  glBindTexture(GL_TEXTURE_2D, static_cast<GLuint>(texture.TexID));
  glPixelStorei(GL_UNPACK_ROW_LENGTH, texture.Width);
  glTexSubImage2D(GL_TEXTURE_2D, 0, changed.x, changed.y, changed.w, changed.h, GL_RED,
                  GL_UNSIGNED_BYTE, texture.GetPixelsAt(changed.x, changed.y));
  glPixelStorei(GL_UNPACK_ROW_LENGTH, 0);
  texture.SetStatus(ImTextureStatus_OK);
}

void forget_texture(ImTextureData& texture) {
  texture.SetTexID(ImTextureID_Invalid);
  texture.SetStatus(ImTextureStatus_Destroyed);
}

void destroy_texture(ImTextureData& texture) {
  const auto name = static_cast<GLuint>(texture.TexID);
  glDeleteTextures(1, &name);
  forget_texture(texture);
}

void update_textures(const ImVector<ImTextureData*>& textures) {
  for (ImTextureData* texture : textures) {
    if (texture->Status == ImTextureStatus_WantCreate) make_texture(*texture);
    if (texture->Status == ImTextureStatus_WantUpdates) update_texture(*texture);
    if (texture->Status == ImTextureStatus_WantDestroy && texture->UnusedFrames > 0)
      destroy_texture(*texture);
  }
}

// Glyph bitmaps are whole device pixels; drawn between two pixels they would blur, which fractional
// advances and pixel ratios such as 1.25 cause. Only glyphs use texture coordinates other than the
// white pixel's, because baked lines are off.
void snap_glyphs_to_device_pixels(ImDrawList& list, float ratio) {
  const ImVec2 white = ImGui::GetIO().Fonts->TexUvWhitePixel;
  for (ImDrawVert& vertex : list.VtxBuffer) {
    if (vertex.uv.x == white.x && vertex.uv.y == white.y) continue;
    vertex.pos.x = std::floor(vertex.pos.x * ratio + 0.501f) / ratio;
    vertex.pos.y = std::floor(vertex.pos.y * ratio + 0.501f) / ratio;
  }
}

void upload(const ImDrawList& list) {
  glBufferData(GL_ARRAY_BUFFER, list.VtxBuffer.size_in_bytes(), list.VtxBuffer.Data,
               GL_STREAM_DRAW);
  glBufferData(GL_ELEMENT_ARRAY_BUFFER, list.IdxBuffer.size_in_bytes(), list.IdxBuffer.Data,
               GL_STREAM_DRAW);
}

// OpenGL takes places in a bound buffer as pointers.
const void* place_in_buffer(std::size_t offset) {
  return reinterpret_cast<const void*>(offset);  // NOLINT(performance-no-int-to-ptr)
}

void point_attributes(std::size_t first_vertex) {
  const auto at = [first_vertex](std::size_t offset) {
    return place_in_buffer(first_vertex * sizeof(ImDrawVert) + offset);
  };
  constexpr GLsizei stride = sizeof(ImDrawVert);
  glVertexAttribPointer(0, 2, GL_FLOAT, GL_FALSE, stride, at(offsetof(ImDrawVert, pos)));
  glVertexAttribPointer(1, 2, GL_FLOAT, GL_FALSE, stride, at(offsetof(ImDrawVert, uv)));
  glVertexAttribPointer(2, 4, GL_UNSIGNED_BYTE, GL_TRUE, stride, at(offsetof(ImDrawVert, col)));
}

struct Size {
  int width, height;
};

// False: nothing of it is inside the canvas.
bool clip(const ImVec4& rectangle, float ratio, Size canvas) {
  const int left = std::max(0, static_cast<int>(std::floor(rectangle.x * ratio + 0.5f)));
  const int top = std::max(0, static_cast<int>(std::floor(rectangle.y * ratio + 0.5f)));
  const int right =
      std::min(canvas.width, static_cast<int>(std::floor(rectangle.z * ratio + 0.5f)));
  const int bottom =
      std::min(canvas.height, static_cast<int>(std::floor(rectangle.w * ratio + 0.5f)));
  if (right <= left || bottom <= top) return false;
  glScissor(left, canvas.height - bottom, right - left, bottom - top);
  return true;
}

void draw_list(const ImDrawList& list, float ratio, Size canvas) {
  upload(list);
  point_attributes(0);
  unsigned first_vertex = 0;
  for (const ImDrawCmd& command : list.CmdBuffer) {
    if (command.UserCallback != nullptr || command.ElemCount == 0) continue;
    if (!clip(command.ClipRect, ratio, canvas)) continue;
    if (command.VtxOffset != first_vertex) point_attributes(first_vertex = command.VtxOffset);
    glBindTexture(GL_TEXTURE_2D, static_cast<GLuint>(command.GetTexID()));
    glDrawElements(GL_TRIANGLES, static_cast<GLsizei>(command.ElemCount), GL_UNSIGNED_SHORT,
                   place_in_buffer(command.IdxOffset * sizeof(ImDrawIdx)));
  }
}

void clear(std::uint32_t background) {
  const auto channel = [background](unsigned shift) {
    return static_cast<float>((background >> shift) & 0xffu) / 255.0f;
  };
  glDisable(GL_SCISSOR_TEST);
  glClearColor(channel(16), channel(8), channel(0), 1);
  glClear(GL_COLOR_BUFFER_BIT);
  glEnable(GL_SCISSOR_TEST);
}

// The shell has made the context and chosen its attributes; this takes it over.
bool take_context() {
  EmscriptenWebGLContextAttributes attributes;
  emscripten_webgl_init_context_attributes(&attributes);
  attributes.majorVersion = 2;
  attributes.enableExtensionsByDefault = false;
  const EMSCRIPTEN_WEBGL_CONTEXT_HANDLE context =
      emscripten_webgl_create_context("#canvas", &attributes);
  return context > 0 && emscripten_webgl_make_context_current(context) == EMSCRIPTEN_RESULT_SUCCESS;
}

}  // namespace

bool start() {
  ImGuiIO& io = ImGui::GetIO();
  io.BackendRendererName = "yuanyue";
  io.BackendFlags |= ImGuiBackendFlags_RendererHasTextures | ImGuiBackendFlags_RendererHasVtxOffset;
  // Every WebGL 2 implementation that is in use has at least this.
  ImGui::GetPlatformIO().Renderer_TextureMaxWidth = 4096;
  ImGui::GetPlatformIO().Renderer_TextureMaxHeight = 4096;
  return take_context() && make_objects();
}

void draw(std::uint32_t background) {
  ImDrawData* data = ImGui::GetDrawData();
  if (data == nullptr) return;
  const float ratio = data->FramebufferScale.x;
  const Size canvas{static_cast<int>(data->DisplaySize.x * ratio),
                    static_cast<int>(data->DisplaySize.y * ratio)};
  if (data->Textures != nullptr) update_textures(*data->Textures);
  glViewport(0, 0, canvas.width, canvas.height);
  clear(background);
  glUniform2f(objects.scale, 2 * ratio / static_cast<float>(canvas.width),
              2 * ratio / static_cast<float>(canvas.height));
  for (ImDrawList* list : data->CmdLists) {
    snap_glyphs_to_device_pixels(*list, ratio);
    draw_list(*list, ratio, canvas);
  }
}

void restore() {
  objects = {};
  make_objects();
  // Dear ImGui asks for what was destroyed again in its next frame.
  for (ImTextureData* texture : ImGui::GetPlatformIO().Textures) forget_texture(*texture);
}

}  // namespace yuanyue::web::renderer
