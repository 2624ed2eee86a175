# mediadock_add_export_test(NAME): a test that libmediadock_NAME.so exports its descriptor and nothing else.
function(mediadock_add_export_test name)
  add_test(
    NAME plugin_exports.${name}
    COMMAND ${CMAKE_COMMAND} -D NM=${CMAKE_NM} -D LIBRARY=$<TARGET_FILE:mediadock_${name}>
      -P ${PROJECT_SOURCE_DIR}/tests/support/check_plugin_exports.cmake)
endfunction()
