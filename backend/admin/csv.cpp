#include "backend/admin/csv.h"

namespace yuanyue {

namespace {

class CsvParser {
 public:
  explicit CsvParser(std::string_view text) : text_(text) {}

  std::vector<CsvRecord> parse() {
    while (at_ < text_.size()) {
      CsvRecord record = read_record();
      const bool is_blank = record.fields.size() == 1 && record.fields.front().empty();
      if (!is_blank || record.fault != CsvFault::none) records_.push_back(std::move(record));
    }
    return std::move(records_);
  }

 private:
  CsvRecord read_record() {
    CsvRecord record;
    record.line = line_;
    do {
      record.fields.push_back(at_ < text_.size() && text_[at_] == '"' ? read_quoted(record)
                                                                      : read_plain(record));
    } while (take(','));
    take('\r');
    if (take('\n')) ++line_;
    return record;
  }

  std::string read_plain(CsvRecord& record) {
    std::string field;
    while (at_ < text_.size() && text_[at_] != ',' && !is_line_end()) {
      if (text_[at_] == '"') record.fault = CsvFault::stray_quote;
      field += text_[at_++];
    }
    return field;
  }

  std::string read_quoted(CsvRecord& record) {
    std::string field;
    ++at_;
    while (at_ < text_.size() && !is_line_end()) {
      const char c = text_[at_++];
      if (c == '"' && !take('"')) {
        if (at_ < text_.size() && text_[at_] != ',' && !is_line_end()) {
          record.fault = CsvFault::stray_quote;
          read_plain(record);
        }
        return field;
      }
      field += c;
    }
    record.fault = CsvFault::unclosed_quote;
    return field;
  }

  bool is_line_end() const {
    return text_[at_] == '\n' ||
           (text_[at_] == '\r' && (at_ + 1 == text_.size() || text_[at_ + 1] == '\n'));
  }

  bool take(char c) {
    if (at_ >= text_.size() || text_[at_] != c) return false;
    ++at_;
    return true;
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::size_t line_ = 1;
  std::vector<CsvRecord> records_;
};

}  // namespace

std::vector<CsvRecord> parse_csv(std::string_view text) { return CsvParser(text).parse(); }

}  // namespace yuanyue
