#pragma once

/// \file
/// Symbol visibility of the core library. Everything is built with hidden visibility; what plugins
/// and the host share is exported explicitly.

#define MEDIADOCK_CORE_EXPORT __attribute__((visibility("default")))
