execute_process(
  COMMAND ${NM} -D --defined-only --format=just-symbols ${LIBRARY}
  OUTPUT_VARIABLE symbols
  OUTPUT_STRIP_TRAILING_WHITESPACE
  COMMAND_ERROR_IS_FATAL ANY)
# The version script gives the symbol's version node no name, so there is no suffix to cut.
if(NOT symbols STREQUAL "mediadock_plugin_descriptor")
  message(FATAL_ERROR "${LIBRARY} must export mediadock_plugin_descriptor alone, but exports:\n${symbols}")
endif()
