# Debian packages, by `cpack -G DEB` in the build folder; a component of install.cmake each. What a package
# links is found by dpkg-shlibdeps, what it loads when it is needed stands here.
#
# The owner of banxin has named neither a licence nor a maintainer yet: packages say so, and whoever
# gives them to others gives -DCPACK_PACKAGE_CONTACT=... and a licence first.

# The package that a library by this SONAME belongs to on this machine.
function(find_package_of out soname folder)
  execute_process(COMMAND dpkg-query -S ${folder}/${soname} OUTPUT_VARIABLE found ERROR_QUIET RESULT_VARIABLE status)
  if(status)
    execute_process(COMMAND dpkg-query -S */${soname} OUTPUT_VARIABLE found ERROR_QUIET)
  endif()
  string(REGEX MATCH "^[^:]+" name "${found}")
  set(${out} ${name} PARENT_SCOPE)
endfunction()

# The SONAME that a source file loads, from its own definition.
function(find_soname out file)
  file(STRINGS ${file} line REGEX "^#define [A-Z]+_LIBRARY ")
  string(REGEX REPLACE ".*\"(.*)\".*" "\\1" soname "${line}")
  set(${out} ${soname} PARENT_SCOPE)
endfunction()

find_soname(qpdf_soname render/verify/document_read.c)
find_soname(rsvg_soname render/image/svg_read.c)
find_soname(curl_soname render/sign/fetch.c)
find_package_of(qpdf_package ${qpdf_soname} ${QPDF_LIBDIR})
find_package_of(rsvg_package ${rsvg_soname} ${RSVG_LIBDIR})
find_package_of(curl_package ${curl_soname} ${RSVG_LIBDIR})

# The faces that come as packages of their own.
file(STRINGS fonts/lock.xml face_packages REGEX "package=")
list(TRANSFORM face_packages REPLACE ".*package=\"([^\"]*)\".*" "\\1")
list(REMOVE_DUPLICATES face_packages)
list(REMOVE_ITEM face_packages texlive-lang-chinese) # its faces are unpacked into banxin-fonts
list(JOIN face_packages ", " face_packages)

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME banxin)
set(CPACK_PACKAGE_CONTACT "not yet named <root@localhost>" CACHE STRING "Maintainer of the packages")
set(CPACK_PACKAGE_HOMEPAGE_URL "")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_COMPONENTS_ALL program library data fonts develop)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_RELEASE 1)
set(CPACK_DEBIAN_PACKAGE_SECTION text)
set(CPACK_DEBIAN_COMPRESSION_TYPE gzip)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_GENERATE_SHLIBS ON)
set(CPACK_DEBIAN_PACKAGE_GENERATE_SHLIBS_POLICY ">=")

set(version "(= ${PROJECT_VERSION}-1)")
function(bx_package component name depends summary)
  cmake_parse_arguments(ARG "ALL" "RECOMMENDS;SECTION" "" ${ARGN})
  string(TOUPPER ${component} upper)
  set(prefix CPACK_DEBIAN_${upper})
  set(${prefix}_PACKAGE_NAME ${name} PARENT_SCOPE)
  set(${prefix}_PACKAGE_DEPENDS "${depends}" PARENT_SCOPE)
  set(${prefix}_PACKAGE_RECOMMENDS "${ARG_RECOMMENDS}" PARENT_SCOPE)
  set(${prefix}_DESCRIPTION "${PROJECT_DESCRIPTION}\n ${summary}." PARENT_SCOPE)
  if(ARG_SECTION)
    set(${prefix}_PACKAGE_SECTION ${ARG_SECTION} PARENT_SCOPE)
  endif()
  if(ARG_ALL)
    set(${prefix}_PACKAGE_ARCHITECTURE all PARENT_SCOPE)
    set(${prefix}_PACKAGE_SHLIBDEPS OFF PARENT_SCOPE)
  endif()
  # Debian asks for this file; no licence was named yet.
  install(FILES cmake/copyright DESTINATION ${CMAKE_INSTALL_DATADIR}/doc/${name} COMPONENT ${component}
    EXCLUDE_FROM_ALL)
endfunction()

set(soversion ${PROJECT_VERSION_MAJOR})
bx_package(program banxin "banxin-data ${version}, libbanxin${soversion} ${version}"
  "The program, its manual and the completions of shells" RECOMMENDS "bash-completion")
set(scripts postinst prerm triggers) # they prepare the faces, and again when fonts come or go
list(TRANSFORM scripts PREPEND ${PROJECT_SOURCE_DIR}/cmake/debian/)
set(CPACK_DEBIAN_PROGRAM_PACKAGE_CONTROL_EXTRA ${scripts})
set(CPACK_DEBIAN_PROGRAM_PACKAGE_CONTROL_STRICT_PERMISSION ON)
bx_package(library libbanxin${soversion} "banxin-data ${version}, ${qpdf_package}"
  "The shared library, and the modules that it loads" RECOMMENDS "${rsvg_package}, ${curl_package}" SECTION libs)
bx_package(data banxin-data "banxin-fonts" "Page styles and the forms of both editions, as data" ALL)
bx_package(fonts banxin-fonts "${face_packages}"
  "The faces of Fandol: GPL-3 with font exception, see COPYING.gz beside them" ALL SECTION fonts)
bx_package(develop libbanxin-dev "libbanxin${soversion} ${version}"
  "Header, static library, pkg-config file and CMake package" SECTION libdevel)
set(CPACK_DEBIAN_DEVELOP_PACKAGE_SHLIBDEPS OFF)
if(NOT lacks_cffi)
  list(APPEND CPACK_COMPONENTS_ALL python)
  bx_package(python python3-banxin "python3 (>= 3.9), python3-cffi-backend, libbanxin${soversion} ${version}"
    "The Python package" ALL SECTION python)
endif()
include(CPack)
