#include "dav/xml_reader.h"

#include "mediadock/storage_error.h"

#include <exception>
#include <expat.h>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

namespace mediadock::nextcloud {
namespace {

constexpr std::size_t kMaxDepth = 64;
/// A listing has a dozen distinct names, repeated for each entry.
constexpr std::size_t kMaxNames = 1024;

}  // namespace

/// Expat is C: an exception of a handler is stored, and rethrown once expat has returned.
class XmlReader::Engine {
 public:
  explicit Engine(IXmlHandler& handler)
      : handler_(handler),
        parser_(XML_ParserCreateNS("UTF-8", '|')) {
    if (parser_ == nullptr) {
      throw std::bad_alloc();
    }
    open_.reserve(kMaxDepth);
    XML_SetUserData(parser_, this);
    XML_SetElementHandler(parser_, onStart, onEnd);
    XML_SetStartNamespaceDeclHandler(parser_, onPrefix);
    XML_SetCharacterDataHandler(parser_, onText);
    XML_SetDefaultHandler(parser_, onOther);
    XML_SetStartDoctypeDeclHandler(parser_, onDoctype);
  }

  ~Engine() { XML_ParserFree(parser_); }

  Engine(const Engine&) = delete;
  Engine& operator=(const Engine&) = delete;

  void parse(std::string_view bytes, bool isLast) {
    hasMoved_ = false;
    const auto status =
        XML_Parse(parser_, bytes.data(), static_cast<int>(bytes.size()), isLast ? 1 : 0);
    if (failure_) {
      std::rethrow_exception(std::exchange(failure_, nullptr));
    }
    if (status == XML_STATUS_OK) {
      countUnparsed(bytes.size());
      return;
    }
    const auto error = XML_GetErrorCode(parser_);
    const bool isCut = isLast && (error == XML_ERROR_NO_ELEMENTS || !open_.empty());
    throw StorageError(
        {.code = isCut ? StorageErrc::Truncated : StorageErrc::Protocol,
         .message = std::string("the storage's answer is no whole XML: ") + XML_ErrorString(error),
         .retry = Retry::Safe});
  }

 private:
  /// Allows looking up a string_view in a map of strings.
  struct ViewHash {
    using is_transparent = void;

    std::size_t operator()(std::string_view text) const noexcept {
      return std::hash<std::string_view>()(text);
    }
  };

  using Names = std::unordered_map<std::string, unsigned, ViewHash, std::equal_to<>>;

  /// Limits how much incomplete markup the parser may buffer.
  void countUnparsed(std::size_t fed) {
    unparsed_ = hasMoved_ ? 0 : unparsed_ + fed;
    if (unparsed_ > XmlReader::kMaxTokenBytes) {
      throw StorageError(StorageErrc::Protocol, "a piece of the storage's XML has no end");
    }
  }

  template <typename Action>
  static void guarded(void* self, Action action) noexcept {
    auto& engine = *static_cast<Engine*>(self);
    engine.hasMoved_ = true;
    if (engine.failure_) {
      return;
    }
    try {
      action(engine);
    } catch (...) {
      engine.failure_ = std::current_exception();
      XML_StopParser(engine.parser_, XML_FALSE);
    }
  }

  static void onStart(void* self, const char* name, const char** attributes) {
    guarded(self, [name, attributes](Engine& engine) {
      if (engine.open_.size() == kMaxDepth) {
        throw StorageError(StorageErrc::Protocol, "the storage's XML is nested too deeply");
      }
      for (const char** at = attributes; *at != nullptr; at += 2) {
        engine.countIgnored('@', *at);
      }
      engine.open_.push_back(engine.nameOf(name));
      engine.handler_.startElement(engine.open_.back());
    });
  }

  static void onEnd(void* self, const char* /*name*/) {
    guarded(self, [](Engine& engine) {
      const auto name = engine.open_.back();
      engine.open_.pop_back();
      engine.handler_.endElement(name);
    });
  }

  static void onText(void* self, const char* text, int length) {
    guarded(self, [text, length](Engine& engine) {
      engine.handler_.text(std::string_view(text, static_cast<std::size_t>(length)));
    });
  }

  static void onPrefix(void* self, const char* prefix, const char* /*uri*/) {
    guarded(self, [prefix](Engine& engine) {
      if (prefix != nullptr) {
        engine.countIgnored('&', prefix);
      }
    });
  }

  /// Comments, processing instructions and anything else without a handler.
  static void onOther(void* self, const char* /*text*/, int /*length*/) {
    guarded(self, [](Engine&) {});
  }

  static void onDoctype(void* self, const char* /*name*/, const char* /*system*/,
                        const char* /*public*/, int /*hasSubset*/) {
    guarded(self, [](Engine&) {
      throw StorageError(StorageErrc::Protocol, "the storage's XML declares a document type");
    });
  }

  IXmlHandler::Name nameOf(std::string_view text) {
    auto known = names_.find(text);
    if (known == names_.end()) {
      refuseManyNames();
      known = names_.emplace(text, handler_.idOf(text)).first;
    }
    return {known->first, known->second};
  }

  /// Counts a name that the parser never frees. `kind` is a character that no element name starts
  /// with.
  void countIgnored(char kind, std::string_view text) {
    ignored_.assign(1, kind).append(text);
    if (!names_.contains(ignored_)) {
      refuseManyNames();
      names_.emplace(ignored_, 0);
    }
  }

  void refuseManyNames() const {
    if (names_.size() == kMaxNames) {
      throw StorageError(StorageErrc::Protocol, "the storage's XML has too many names");
    }
  }

  IXmlHandler& handler_;
  XML_Parser parser_;
  Names names_;
  std::string ignored_;
  /// Whether the last piece caused any event.
  bool hasMoved_ = false;
  /// Bytes since the last event.
  std::size_t unparsed_ = 0;
  /// The open elements, innermost last.
  std::vector<IXmlHandler::Name> open_;
  std::exception_ptr failure_;
};

XmlReader::XmlReader(IXmlHandler& handler) : engine_(std::make_unique<Engine>(handler)) {}

XmlReader::~XmlReader() = default;

void XmlReader::feed(std::string_view bytes) {
  engine_->parse(bytes, false);
}

void XmlReader::finish() {
  engine_->parse({}, true);
}

}  // namespace mediadock::nextcloud
