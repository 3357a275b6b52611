# Finds the libraries that Duebook's own libraries are made of. The build includes this file, and so does
# find_package(duebook), so that both find the same.
#
# They are linked shared: a security update of a library reaches the program without a new build. RocksDB alone is linked as
# an archive, because its shared library asks for thread-local storage by a call in every comparison of keys.

find_package(Threads REQUIRED)
find_package(PkgConfig REQUIRED)
find_package(OpenSSL REQUIRED)
find_package(spdlog REQUIRED)
find_package(FlatBuffers REQUIRED)
pkg_check_modules(sodium REQUIRED IMPORTED_TARGET libsodium)
pkg_check_modules(utf8proc REQUIRED IMPORTED_TARGET libutf8proc)
pkg_check_modules(xxhash REQUIRED IMPORTED_TARGET libxxhash)
pkg_check_modules(zstd REQUIRED IMPORTED_TARGET libzstd)
# What Abseil's vectors and 128-bit numbers need.
pkg_check_modules(absl REQUIRED IMPORTED_TARGET absl_throw_delegate absl_raw_logging_internal absl_int128)

find_package(ZLIB REQUIRED)
find_package(BZip2 REQUIRED)
pkg_check_modules(lz4 REQUIRED IMPORTED_TARGET liblz4)
pkg_check_modules(snappy REQUIRED IMPORTED_TARGET snappy)
if(NOT TARGET duebook_rocksdb)
  find_library(DUEBOOK_ROCKSDB_ARCHIVE librocksdb.a REQUIRED)
  add_library(duebook_rocksdb STATIC IMPORTED)
  set_target_properties(duebook_rocksdb PROPERTIES
    IMPORTED_LOCATION ${DUEBOOK_ROCKSDB_ARCHIVE}
    INTERFACE_LINK_LIBRARIES
      "PkgConfig::zstd;PkgConfig::lz4;PkgConfig::snappy;BZip2::BZip2;ZLIB::ZLIB;Threads::Threads;${CMAKE_DL_LIBS}")
endif()
