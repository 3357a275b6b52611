# find_package(duebook): the targets duebook::duebook_ledger and duebook::duebook_projections. Headers are included by their
# folder, as in #include "ledger/ledger.h"; C++20 is needed.
include(${CMAKE_CURRENT_LIST_DIR}/dependencies.cmake)
include(${CMAKE_CURRENT_LIST_DIR}/duebookTargets.cmake)
