# mediadock_add_plugin(NAME SOURCES file... [LIBRARIES library...])
#
# Builds the storage plugin libmediadock_NAME.so, which exports its descriptor and nothing else. Its
# sources are also a library mediadock_NAME_objects, for unit tests that look inside.
set(MEDIADOCK_PLUGIN_VERSION_SCRIPT ${CMAKE_CURRENT_LIST_DIR}/plugin.map)

function(mediadock_add_plugin name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "SOURCES;LIBRARIES")

  add_library(mediadock_${name}_objects OBJECT ${arg_SOURCES})
  target_include_directories(mediadock_${name}_objects PUBLIC ${CMAKE_CURRENT_SOURCE_DIR})
  target_link_libraries(mediadock_${name}_objects PUBLIC Mediadock::core ${arg_LIBRARIES})
  if(TARGET mediadock_options)
    target_link_libraries(mediadock_${name}_objects PRIVATE mediadock_options)
  endif()

  add_library(mediadock_${name} MODULE)
  target_link_libraries(mediadock_${name} PRIVATE mediadock_${name}_objects)
  if(TARGET mediadock_options)
    target_link_libraries(mediadock_${name} PRIVATE mediadock_options)
  endif()
  target_link_options(mediadock_${name} PRIVATE
    -Wl,--version-script=${MEDIADOCK_PLUGIN_VERSION_SCRIPT}
    $<$<NOT:$<BOOL:${MEDIADOCK_SANITIZE}>>:-Wl,-z,defs>)
  set_target_properties(mediadock_${name} PROPERTIES
    PREFIX lib
    LINK_DEPENDS ${MEDIADOCK_PLUGIN_VERSION_SCRIPT}
    LIBRARY_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/plugins)
endfunction()
