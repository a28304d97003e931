# SPDX-License-Identifier: Apache-2.0
# Settings every target shares, and one function to declare a library of the house.
set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)

find_program(CCACHE ccache)
if(CCACHE)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CCACHE})
endif()

find_package(Eigen3 REQUIRED NO_MODULE)

add_library(wrist_settings INTERFACE)
# No contraction: the same counts from gcc, clang and every x86-64 or arm64 machine. No errno from
# sqrt: it changes no result and lets loops vectorise.
target_compile_options(wrist_settings INTERFACE
  -ffp-contract=off -fno-math-errno -Wall -Wextra -Wconversion -Wshadow -Werror)
if(WRIST_SANITIZE)
  target_compile_options(wrist_settings INTERFACE
    -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer)
  target_link_options(wrist_settings INTERFACE -fsanitize=address,undefined)
endif()

# wrist_library(NAME DIRS dir... [LINKS target...] [PRIVATE_LINKS target...])
# A static library wrist_NAME, alias wrist::NAME, of every .cc in the folders given.
# A new file is picked up without an edit here.
function(wrist_library name)
  cmake_parse_arguments(ARG "" "" "DIRS;LINKS;PRIVATE_LINKS" ${ARGN})
  set(sources)
  foreach(dir IN LISTS ARG_DIRS)
    file(GLOB found CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/${dir}/*.cc)
    list(APPEND sources ${found})
  endforeach()
  add_library(wrist_${name} STATIC ${sources})
  add_library(wrist::${name} ALIAS wrist_${name})
  target_include_directories(wrist_${name} PUBLIC ${PROJECT_SOURCE_DIR})
  target_include_directories(wrist_${name} SYSTEM PUBLIC ${EIGEN3_INCLUDE_DIRS})
  target_link_libraries(wrist_${name} PUBLIC ${ARG_LINKS}
    PRIVATE wrist_settings ${ARG_PRIVATE_LINKS})
endfunction()
