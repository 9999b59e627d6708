# SPDX-License-Identifier: Apache-2.0
# The one flags target that everything links, and the few functions that declare our targets.

add_library(ringside_flags INTERFACE)
target_compile_features(ringside_flags INTERFACE cxx_std_20)
target_compile_definitions(ringside_flags INTERFACE
  QT_NO_CAST_FROM_ASCII QT_NO_CAST_TO_ASCII QT_NO_CAST_FROM_BYTEARRAY
  QT_NO_URL_CAST_FROM_STRING QT_NO_NARROWING_CONVERSIONS_IN_CONNECT
  QT_NO_FOREACH QT_STRICT_ITERATORS QT_DEPRECATED_WARNINGS_SINCE=0x060400
  RINGSIDE_VERSION="${PROJECT_VERSION}")
if(MSVC)
  target_compile_options(ringside_flags INTERFACE /W4 /WX /permissive- /utf-8)
else()
  target_compile_options(ringside_flags INTERFACE
    -Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor -Woverloaded-virtual
    -Wold-style-cast -Wcast-qual -Wformat=2 -Werror)
endif()
if(RINGSIDE_SANITIZE)
  target_compile_options(ringside_flags INTERFACE
    -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer)
  target_link_options(ringside_flags INTERFACE -fsanitize=address,undefined)
endif()
if(RINGSIDE_FUZZ)
  # Everything is watched for coverage, not the parser's own file alone.
  target_compile_options(ringside_flags INTERFACE
    -fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer)
  target_link_options(ringside_flags INTERFACE -fsanitize=address,undefined)
endif()

# Makes a target part of the project: our flags, our warnings, and a precompiled header of Qt Core where asked for.
function(ringside_target target)
  target_link_libraries(${target} PRIVATE ringside_flags)
  if(RINGSIDE_PCH)
    target_precompile_headers(${target} PRIVATE
      <QtCore/QObject> <QtCore/QString> <QtCore/QDateTime> <QtCore/QFuture> <QtCore/QFutureWatcher>
      <QtCore/QJsonObject> <QtCore/QTimer> <QtCore/QVariant> <chrono> <functional> <memory> <optional>)
  endif()
endfunction()

# ringside_library(NAME base SOURCES ... LINKS ...): target ringside_base, included as "Header.h" by whoever links it.
function(ringside_library)
  cmake_parse_arguments(arg "" "NAME" "SOURCES;LINKS;PRIVATE_LINKS" ${ARGN})
  add_library(ringside_${arg_NAME} STATIC ${arg_SOURCES})
  target_include_directories(ringside_${arg_NAME} PUBLIC ${CMAKE_CURRENT_SOURCE_DIR})
  target_link_libraries(ringside_${arg_NAME} PUBLIC ${arg_LINKS} PRIVATE ${arg_PRIVATE_LINKS})
  ringside_target(ringside_${arg_NAME})
endfunction()

# ringside_test(NAME tst_x LABEL unit SOURCES ... LINKS ... [TIMEOUT s]): a QtTest executable and its ctest entry.
function(ringside_test)
  cmake_parse_arguments(arg "" "NAME;LABEL;TIMEOUT" "SOURCES;LINKS" ${ARGN})
  if(NOT arg_TIMEOUT)
    set(arg_TIMEOUT 120)
  endif()
  add_executable(${arg_NAME} ${arg_SOURCES})
  target_link_libraries(${arg_NAME} PRIVATE ${arg_LINKS} Qt6::Test)
  ringside_target(${arg_NAME})
  add_test(NAME ${arg_NAME} COMMAND ${arg_NAME})
  set_tests_properties(${arg_NAME} PROPERTIES LABELS ${arg_LABEL} TIMEOUT ${arg_TIMEOUT}
    ENVIRONMENT "QT_QPA_PLATFORM=offscreen;QT_LOGGING_RULES=qt.qpa.*=false;LC_ALL=C.UTF-8;TZ=UTC")
endfunction()
