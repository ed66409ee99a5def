#include "backend/play/names.h"

#include <gtest/gtest.h>

namespace yuanyue {
namespace {

std::string resolved_text(std::string_view json) {
  const auto document = wire::JsonDocument::parse(json);
  return document ? resolved(document->root()) : "no JSON";
}

TEST(PlayNamesTest, a_name_is_one_id_in_every_run) {
  EXPECT_EQ(id_of_name("$visit"), id_of_name("$visit"));
  EXPECT_NE(id_of_name("$visit"), id_of_name("$visit2"));
  EXPECT_NE(id_of_name("$ab"), id_of_name("$ba"));
  const std::string id = to_string(id_of_name("$visit"));
  EXPECT_TRUE(parse_uuid(id));
  EXPECT_EQ(id[14], '8');
}

TEST(PlayNamesTest, only_whole_strings_of_the_form_are_names) {
  const std::string id = "\"" + to_string(id_of_name("$a-B_1")) + "\"";
  EXPECT_EQ(resolved_text(R"("$a-B_1")"), id);
  EXPECT_EQ(resolved_text(R"(["$a-B_1",{"x":"$a-B_1"}])"), "[" + id + ",{\"x\":" + id + "}]");
  for (const char* text : {R"("$")", R"("$a b")", R"("a$b")", R"("$园")", R"("")"}) {
    EXPECT_EQ(resolved_text(text), text);
  }
  const std::string longest = "\"$" + std::string(41, 'a') + "\"";
  EXPECT_EQ(resolved_text(longest), longest);
}

TEST(PlayNamesTest, writes_the_canonical_form) {
  EXPECT_EQ(resolved_text(R"( { "b" : [ ] , "a" : { } , "c":[true,false,null,-7,"x\u0041"] } )"),
            R"({"a":{},"b":[],"c":[true,false,null,-7,"xA"]})");
  EXPECT_EQ(resolved_text("[1.25,99999999999999999999]"), "[0.5,0.5]");
}

}  // namespace
}  // namespace yuanyue
