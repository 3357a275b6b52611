// Opening for reading while another process writes.
//
// RocksDB reads the MANIFEST, which names the files, and then the files. A writer that moves rows from its write-ahead
// log to a table, as it does on opening and when much has come in, notes that in the MANIFEST and removes the log. A
// reader in between finds neither, and no error: it would show the ledger as it was before, or with a hole.
//
// So what was opened counts only if it was whole all the time:
//   - the MANIFEST is the same as before: no file that it names was removed, and what was found, or found to be
//     damaged, is what is there; or
//   - all write-ahead logs of before are still there: whatever the writer has removed was in tables before.
// Otherwise it is opened again (framed/open_for_reading.cc).

#include <rocksdb/env.h>

#include <algorithm>
#include <string>
#include <vector>

#include "ledger/log/rocksdb/rocks_rows.h"
#include "ledger/values/base64.h"
#include "ledger/values/hash.h"

namespace duebook {

// Which it is, and how long: it only grows.
std::string RocksRows::ManifestNow() const {
  const std::string folder = folder_.string() + "/";
  std::string name;
  uint64_t size = 0;
  if (!rocksdb::ReadFileToString(Env(), folder + "CURRENT", &name).ok()) return {};
  if (name.ends_with('\n')) name.pop_back();
  if (!Env()->GetFileSize(folder + name, &size).ok()) return {};
  return name + " " + std::to_string(size);
}

// Its name, bytes and SHA-256; "" if it cannot be read.
std::string RocksRows::Fingerprint() const {
  const std::string now = ManifestNow();
  std::string bytes;
  const std::string file = folder_.string() + "/" + now.substr(0, now.find(' '));
  if (now.empty() || !rocksdb::ReadFileToString(Env(), file, &bytes).ok()) return {};
  return now + " " + ToBase64(Sha256(bytes));
}

// Newest first. Files may vanish while a writer works.
std::vector<std::string> RocksRows::WriteAheadLogs() const {
  const std::string folder = folder_.string();
  std::vector<std::string> names;
  std::vector<std::string> logs;
  if (!Env()->GetChildren(folder, &names).ok()) return logs;
  for (const std::string& name : names) {
    if (name.ends_with(".log")) logs.push_back(name);
  }
  const auto newer = [](const std::string& a, const std::string& b) {
    return a.size() != b.size() ? a.size() > b.size() : a > b;
  };
  std::sort(logs.begin(), logs.end(), newer);
  for (std::string& name : logs) name = folder + "/" + name;
  return logs;
}

bool RocksRows::UnmovedSinceOpening() const { return ManifestNow() == manifest_; }

bool RocksRows::SawAllOnOpening() const {
  const std::vector<std::string> now = WriteAheadLogs();
  return std::all_of(logs_.begin(), logs_.end(),
                     [&now](const std::string& log) { return std::find(now.begin(), now.end(), log) != now.end(); });
}

}  // namespace duebook
