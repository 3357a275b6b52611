# find_package(duebook): the targets duebook::duebook_ledger and duebook::duebook_projections. Headers are included by their
# folder, as in #include "ledger/ledger.h"; C++20 is needed.
include(${CMAKE_CURRENT_LIST_DIR}/dependencies.cmake)
if(duebook_missing)
  set(duebook_FOUND FALSE)
  list(JOIN duebook_missing ", " duebook_NOT_FOUND_MESSAGE)
  string(PREPEND duebook_NOT_FOUND_MESSAGE "what it is made of is not there: ")
  return()
endif()
include(${CMAKE_CURRENT_LIST_DIR}/duebookTargets.cmake)
