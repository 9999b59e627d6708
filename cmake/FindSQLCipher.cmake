# SPDX-License-Identifier: Apache-2.0
# Defines SQLCipher::SQLCipher. The static library is preferred and its symbols are kept out of the executable's dynamic
# table: a second SQLite in the process (Qt's plugin, a desktop library) must neither use ours nor be used by us.

find_package(OpenSSL QUIET COMPONENTS Crypto)
find_package(Threads QUIET)

find_path(SQLCipher_INCLUDE_DIR NAMES sqlite3.h PATH_SUFFIXES sqlcipher NO_DEFAULT_PATH
  PATHS ${CMAKE_PREFIX_PATH} /usr/include /usr/local/include /opt/homebrew/include)
find_path(SQLCipher_INCLUDE_DIR NAMES sqlcipher/sqlite3.h)
if(SQLCipher_INCLUDE_DIR AND NOT EXISTS "${SQLCipher_INCLUDE_DIR}/sqlite3.h")
  set(SQLCipher_INCLUDE_DIR "${SQLCipher_INCLUDE_DIR}/sqlcipher" CACHE PATH "SQLCipher's headers" FORCE)
endif()
find_library(SQLCipher_LIBRARY
  NAMES ${CMAKE_STATIC_LIBRARY_PREFIX}sqlcipher${CMAKE_STATIC_LIBRARY_SUFFIX} sqlcipher)

include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(SQLCipher
  REQUIRED_VARS SQLCipher_LIBRARY SQLCipher_INCLUDE_DIR OPENSSL_FOUND Threads_FOUND)

if(SQLCipher_FOUND AND NOT TARGET SQLCipher::SQLCipher)
  add_library(SQLCipher::SQLCipher UNKNOWN IMPORTED)
  set_target_properties(SQLCipher::SQLCipher PROPERTIES
    IMPORTED_LOCATION "${SQLCipher_LIBRARY}"
    INTERFACE_INCLUDE_DIRECTORIES "${SQLCipher_INCLUDE_DIR}"
    INTERFACE_COMPILE_DEFINITIONS SQLITE_HAS_CODEC)
  get_filename_component(_sqlcipher_file "${SQLCipher_LIBRARY}" NAME)
  if(_sqlcipher_file MATCHES "\\.a$")
    target_link_libraries(SQLCipher::SQLCipher INTERFACE OpenSSL::Crypto Threads::Threads ${CMAKE_DL_LIBS})
    if(UNIX AND NOT APPLE)
      target_link_options(SQLCipher::SQLCipher INTERFACE "LINKER:--exclude-libs,${_sqlcipher_file}")
    endif()
  elseif(WIN32)
    target_link_libraries(SQLCipher::SQLCipher INTERFACE OpenSSL::Crypto)
  endif()
  unset(_sqlcipher_file)
endif()
mark_as_advanced(SQLCipher_INCLUDE_DIR SQLCipher_LIBRARY)
