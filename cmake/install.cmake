# What `cmake --install` puts below the prefix, in components that are packages (packages.cmake).
#
#   program   bin/banxin, its manual and the completions of shells
#   library   libbanxin.so.0 and the modules it loads
#   data      layouts, and the lists of faces
#   fonts     the faces that fonts/install.sh unpacked
#   python    the Python package, where cffi was there to make it
#   develop   banxin.h, libbanxin.so, libbanxin.a, pkg-config file, CMake package
#
# Everything finds everything else by its place relative to itself: any prefix, DESTDIR, and a prefix
# that was moved. Library and program are made of the same objects.

include(CMakePackageConfigHelpers)
get_property(layers GLOBAL PROPERTY BX_LAYERS)
get_property(modules GLOBAL PROPERTY BX_MODULES)
set(objects "")
foreach(layer ${layers})
  list(APPEND objects $<TARGET_OBJECTS:${layer}>)
endforeach()

# The archives are linked for the libraries behind them: nothing is taken from them, all is there.
add_library(banxin_shared SHARED ${objects})
target_link_libraries(banxin_shared PRIVATE bx_api)
target_link_options(banxin_shared PRIVATE -Wl,--as-needed)
set_target_properties(banxin_shared PROPERTIES OUTPUT_NAME banxin LINKER_LANGUAGE C
  VERSION ${PROJECT_VERSION} SOVERSION ${PROJECT_VERSION_MAJOR} EXPORT_NAME banxin
  LIBRARY_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR})
target_include_directories(banxin_shared INTERFACE $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}>)
add_dependencies(banxin_shared ${modules})

set(private_packages glib-2.0 expat harfbuzz harfbuzz-subset fontconfig libdeflate)
list(JOIN private_packages " " private_packages)

install(TARGETS banxin RUNTIME COMPONENT program)
install(TARGETS ${modules} LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR}/banxin COMPONENT library)
install(TARGETS banxin_shared EXPORT banxinTargets
  LIBRARY COMPONENT library NAMELINK_COMPONENT develop)
install(FILES render/banxin.h TYPE INCLUDE COMPONENT develop)
set(cmake_dir ${CMAKE_INSTALL_LIBDIR}/cmake/banxin)
install(EXPORT banxinTargets NAMESPACE banxin:: DESTINATION ${cmake_dir} COMPONENT develop)
if(BX_STATIC)
  add_library(banxin_static STATIC ${objects})
  set_target_properties(banxin_static PROPERTIES OUTPUT_NAME banxin LINKER_LANGUAGE C EXPORT_NAME static
    ARCHIVE_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR})
  target_include_directories(banxin_static INTERFACE $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}>)
  install(TARGETS banxin_static EXPORT banxinStatic ARCHIVE COMPONENT develop)
  install(EXPORT banxinStatic NAMESPACE banxin:: DESTINATION ${cmake_dir} COMPONENT develop)
endif()

# The manual and the completions, made from the description of the options.
file(GLOB manual_sources CONFIGURE_DEPENDS docs/manual/*.c)
add_executable(make_manual ${manual_sources} render/cli_help.c render/cli_options.c render/cli_sign_options.c)
target_link_libraries(make_manual PRIVATE bx_api)
set(manual ${CMAKE_BINARY_DIR}/manual)
add_custom_command(OUTPUT ${manual}/banxin.1 ${manual}/banxin.zh.1 ${manual}/banxin.bash ${manual}/banxin.zsh
  COMMAND ${CMAKE_COMMAND} -E make_directory ${manual} COMMAND make_manual ${manual} DEPENDS make_manual VERBATIM)
add_custom_target(manual ALL DEPENDS ${manual}/banxin.1)
install(FILES ${manual}/banxin.1 DESTINATION ${CMAKE_INSTALL_MANDIR}/man1 COMPONENT program)
install(FILES ${manual}/banxin.zh.1 DESTINATION ${CMAKE_INSTALL_MANDIR}/zh_CN/man1 RENAME banxin.1 COMPONENT program)
install(FILES ${manual}/banxin.bash DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions
  RENAME banxin COMPONENT program)
# Debian's zsh looks into the second for what is in /usr, into the first for what is in /usr/local.
foreach(folder site-functions vendor-completions)
  install(FILES ${manual}/banxin.zsh DESTINATION ${CMAKE_INSTALL_DATADIR}/zsh/${folder}
    RENAME _banxin COMPONENT program)
endforeach()

# The Python package needs cffi, when it is made and when it is used.
set(BX_PYTHON_DIR lib/python3/dist-packages CACHE STRING "Where Python packages go below the prefix")
execute_process(COMMAND ${BX_PYTHON} -c "import cffi" RESULT_VARIABLE lacks_cffi ERROR_QUIET)
if(lacks_cffi)
  message(STATUS "The Python package is not made: ${BX_PYTHON} has no cffi")
else()
  set(abi ${CMAKE_BINARY_DIR}/python/_abi.py)
  file(MAKE_DIRECTORY ${CMAKE_BINARY_DIR}/python)
  file(RELATIVE_PATH library /prefix/${BX_PYTHON_DIR}/banxin
    /prefix/${CMAKE_INSTALL_LIBDIR}/libbanxin.so.${PROJECT_VERSION_MAJOR})
  add_custom_command(OUTPUT ${abi}
    COMMAND ${BX_PYTHON} ${CMAKE_SOURCE_DIR}/python/make_abi.py ${CMAKE_SOURCE_DIR}/render/banxin.h ${abi} ${library}
    DEPENDS python/make_abi.py render/banxin.h VERBATIM)
  add_custom_target(python_abi ALL DEPENDS ${abi})
  install(DIRECTORY python/banxin DESTINATION ${BX_PYTHON_DIR} COMPONENT python
    PATTERN __pycache__ EXCLUDE)
  install(FILES ${abi} DESTINATION ${BX_PYTHON_DIR}/banxin COMPONENT python)
endif()

configure_package_config_file(cmake/banxinConfig.cmake.in ${CMAKE_BINARY_DIR}/cmake/banxinConfig.cmake
  INSTALL_DESTINATION ${cmake_dir} PATH_VARS CMAKE_INSTALL_DATADIR)
write_basic_package_version_file(${CMAKE_BINARY_DIR}/cmake/banxinConfigVersion.cmake
  COMPATIBILITY SameMinorVersion)
file(RELATIVE_PATH prefix_from_pkgconfig /prefix/${CMAKE_INSTALL_LIBDIR}/pkgconfig /prefix)
string(REGEX REPLACE "/$" "" prefix_from_pkgconfig ${prefix_from_pkgconfig})
configure_file(cmake/banxin.pc.in ${CMAKE_BINARY_DIR}/cmake/banxin.pc @ONLY)
install(FILES ${CMAKE_BINARY_DIR}/cmake/banxinConfig.cmake ${CMAKE_BINARY_DIR}/cmake/banxinConfigVersion.cmake
  DESTINATION ${cmake_dir} COMPONENT develop)
install(FILES ${CMAKE_BINARY_DIR}/cmake/banxin.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig COMPONENT develop)

install(DIRECTORY layouts DESTINATION ${data_dir} COMPONENT data FILES_MATCHING
  PATTERN *.xml PATTERN *.rng PATTERN *.json PATTERN *.txt PATTERN *.icc PATTERN conformance EXCLUDE)
install(FILES fonts/fonts.conf fonts/roles.xml fonts/lock.xml fonts/sets.txt DESTINATION ${data_dir}/fonts
  COMPONENT data)
install(DIRECTORY fonts/unpacked/fandol DESTINATION ${data_dir}/fonts/unpacked COMPONENT fonts OPTIONAL)
