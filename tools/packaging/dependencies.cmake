# Finds the libraries that Duebook's own libraries are made of. The build includes this file, and so does
# find_package(duebook), so that both find the same.
#
# They are linked shared: a security update of a library reaches the program without a new build. RocksDB alone is linked as
# an archive, because its shared library asks for thread-local storage by a call in every comparison of keys.

# The build needs them all. Who looks for duebook without REQUIRED goes on without it: `duebook_missing` then says why.
set(duebook_need REQUIRED)
if("${CMAKE_FIND_PACKAGE_NAME}" STREQUAL "duebook" AND NOT duebook_FIND_REQUIRED)
  set(duebook_need QUIET)
endif()
set(duebook_missing)

macro(duebook_find_modules prefix)
  if(PkgConfig_FOUND)
    pkg_check_modules(${prefix} ${duebook_need} IMPORTED_TARGET ${ARGN})
  endif()
  if(NOT ${prefix}_FOUND)
    list(APPEND duebook_missing ${ARGN})
  endif()
endmacro()

foreach(name Threads PkgConfig OpenSSL spdlog FlatBuffers ZLIB BZip2)
  find_package(${name} ${duebook_need})
  if(NOT ${name}_FOUND)
    list(APPEND duebook_missing ${name})
  endif()
endforeach()
duebook_find_modules(sodium libsodium)
duebook_find_modules(utf8proc libutf8proc)
duebook_find_modules(xxhash libxxhash)
duebook_find_modules(zstd libzstd)
duebook_find_modules(lz4 liblz4)
duebook_find_modules(snappy snappy)
# What Abseil's vectors and 128-bit numbers need.
duebook_find_modules(absl absl_throw_delegate absl_raw_logging_internal absl_int128)
find_library(DUEBOOK_ROCKSDB_ARCHIVE librocksdb.a)
if(NOT DUEBOOK_ROCKSDB_ARCHIVE)
  list(APPEND duebook_missing librocksdb.a)
  if(duebook_need STREQUAL "REQUIRED")
    message(FATAL_ERROR "librocksdb.a is not there")
  endif()
endif()

if(NOT duebook_missing AND NOT TARGET duebook_rocksdb)
  add_library(duebook_rocksdb STATIC IMPORTED)
  set_target_properties(duebook_rocksdb PROPERTIES
    IMPORTED_LOCATION ${DUEBOOK_ROCKSDB_ARCHIVE}
    INTERFACE_LINK_LIBRARIES
      "PkgConfig::zstd;PkgConfig::lz4;PkgConfig::snappy;BZip2::BZip2;ZLIB::ZLIB;Threads::Threads;${CMAKE_DL_LIBS}")
endif()
