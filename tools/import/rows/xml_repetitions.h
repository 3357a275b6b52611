// Which elements of an XML file repeat, and so are likely to be rows: to be told where a map does not name them.

#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace duebook {

// Memory is bounded: so many different elements as kMost says are counted, and those alone whose paths are no longer
// than kMostPathBytes.
class XmlRepetitions {
 public:
  static constexpr size_t kMost = 1000;
  static constexpr size_t kMostPathBytes = 500;

  void OnStart(std::string_view element);
  void OnEnd();

  // Returns up to eight of the elements that stand beside others of their name, those further out first:
  // `"Document/Stmt" (2 times), "Document/Stmt/Ntry" (40 times)`. If none does, the outermost one.
  std::string ToString() const;

 private:
  struct Open {
    std::string path;                                     // "" if it is too long
    std::map<std::string, uint64_t, std::less<>> inside;  // by name, how often
  };

  std::vector<Open> open_;
  std::string outermost_;
  std::map<std::string, uint64_t> counts_;  // by path
};

}  // namespace duebook
