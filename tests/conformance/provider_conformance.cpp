#include "conformance/provider_conformance.h"

#include "storage/completion/completed_provider.h"

#include <algorithm>
#include <cctype>
#include <random>
#include <utility>

namespace mediadock {
namespace {

std::string lowered(std::string_view text) {
  std::string result(text);
  std::ranges::transform(result, result.begin(), [](unsigned char c) {
    return static_cast<char>(c < 0x80 ? std::tolower(c) : c);
  });
  return result;
}

/// Removes all below and at `path`, with the least of abilities.
void removeTree(IStorageProvider& provider, const StoragePath& path, const CallContext& context) {
  ListPage page = provider.list(path, {}, context);
  for (; !page.entries.empty(); page = provider.list(path, {}, context)) {
    for (const Entry& entry : page.entries) {
      if (entry.isDirectory()) {
        removeTree(provider, entry.path, context);
      } else {
        provider.remove(entry.path, {}, context);
      }
    }
  }
  provider.remove(path, {}, context);
}

std::string providerNameOf(const std::filesystem::path& plugin) {
  constexpr std::string_view kPrefix = "libmediadock_";
  return plugin.stem().string().substr(kPrefix.size());
}

}  // namespace

void PrintTo(const ProviderUnderTest& tested, std::ostream* out) {
  *out << tested.name;
}

std::string nameOfProviderUnderTest(const testing::TestParamInfo<ProviderUnderTest>& info) {
  return info.param.name;
}

void ProviderConformance::SetUp() {
  registry_ = std::make_unique<storage::ProviderRegistry>(
      std::vector<std::filesystem::path>{GetParam().plugin.parent_path()});
  provider_ = open("main");
  provider_->check(context());
  can_ = provider_->capabilities();
  if (GetParam().isCompleted) {
    can_.rangeRead = can_.conditionalRead = can_.writeModifiedAt = true;
    can_.writeIfAbsent = can_.writeIfMatch = can_.removeIfMatch = true;
    can_.removeRecursive = can_.makeDirectory = can_.copy = can_.move = true;
  }
  folder_ = StoragePath::parse("conformance-" + std::to_string(std::random_device()()));
  if (can_.makeDirectory) {
    provider_->makeDirectory(folder_, context());
  }
}

void ProviderConformance::TearDown() {
  if (provider_ == nullptr || folder_.isRoot() || !exists(folder_)) {
    return;
  }
  if (can_.removeRecursive) {
    provider_->remove(folder_, {.recursive = true}, context());
  } else {
    removeTree(*provider_, folder_, context());
  }
}

std::shared_ptr<IStorageProvider> ProviderConformance::open(const std::string& storage,
                                                            const Settings::Values& more) {
  Settings::Values values = GetParam().settings(storage).values();
  for (const auto& [key, value] : more) {
    values.insert_or_assign(key, value);
  }
  auto opened =
      registry_->open(providerNameOf(GetParam().plugin), Settings(std::move(values)), log_);
  return GetParam().isCompleted ? storage::completeProvider(std::move(opened)) : opened;
}

CallContext ProviderConformance::context() {
  constexpr std::chrono::minutes kLongest(2);
  return {.deadline = CallContext::Clock::now() + kLongest, .requestId = "conformance"};
}

StoragePath ProviderConformance::in(std::string_view relative) const {
  return relative.empty() ? folder_
                          : StoragePath::parse(folder_.str() + "/" + std::string(relative));
}

Entry ProviderConformance::put(const StoragePath& path, std::string_view content) {
  return put(WriteTarget{.path = path}, content);
}

Entry ProviderConformance::put(const WriteTarget& target, std::string_view content,
                               WriteOptions options) {
  options.size = content.size();
  const auto stream = provider_->openWrite(target, options, context());
  write(*stream, content);
  return stream->commit();
}

std::unique_ptr<IWriteStream> ProviderConformance::openWrite(const StoragePath& path,
                                                             std::uint64_t size) {
  return provider_->openWrite({.path = path}, {.size = size}, context());
}

std::string ProviderConformance::get(const StoragePath& path, const ReadOptions& options) {
  return readAll(*provider_->openRead(path, options, context()));
}

bool ProviderConformance::exists(const StoragePath& path) {
  return provider_->stat(path, context()).has_value();
}

Entry ProviderConformance::statOf(const StoragePath& path) {
  const auto entry = provider_->stat(path, context());
  EXPECT_TRUE(entry) << "nothing stands at '" << path.str() << "'";
  return entry.value_or(Entry());
}

std::vector<Entry> ProviderConformance::entriesOf(const StoragePath& path, std::size_t pageSize) {
  std::vector<Entry> entries;
  ListOptions options{.pageSize = pageSize};
  do {
    ListPage page = provider_->list(path, options, context());
    EXPECT_LE(page.entries.size(), pageSize);
    std::ranges::move(page.entries, std::back_inserter(entries));
    options.token = page.nextToken;
  } while (!options.token.empty());
  return entries;
}

std::vector<std::string> ProviderConformance::namesIn(const StoragePath& path,
                                                      std::size_t pageSize) {
  std::vector<std::string> names;
  for (const Entry& entry : entriesOf(path, pageSize)) {
    EXPECT_EQ(entry.path.parent(), path);
    names.emplace_back(entry.path.name());
  }
  return names;
}

bool ProviderConformance::able(bool ability, const std::function<void()>& call) {
  if (!ability) {
    EXPECT_THAT(call, ThrowsStorageError(StorageErrc::Unsupported));
  }
  return ability;
}

bool ProviderConformance::canResume() {
  return able(can_.writeResume, [&] { provider_->dropWrite("token", context()); });
}

std::string ProviderConformance::suspendedWrite(const StoragePath& path, std::string_view beginning,
                                                std::uint64_t size) {
  const auto writer = openWrite(path, size);
  write(*writer, beginning);
  return writer->suspend();
}

std::unique_ptr<IWriteStream> ProviderConformance::resume(const std::string& token,
                                                          const WriteTarget& target,
                                                          std::optional<std::uint64_t> size) {
  if (!next_) {
    next_ = GetParam().keepsContentInProcess ? provider_ : open("main");
  }
  return next_->resumeWrite(token, target, {.size = size}, context());
}

void ProviderConformance::expectKept(const std::vector<std::string>& names) {
  std::vector<std::string> kept;
  for (const std::string& name : names) {
    SCOPED_TRACE(name);
    if (isForbidden(name)) {
      EXPECT_THAT([&] { openWrite(in(name), 1); }, ThrowsStorageError(StorageErrc::InvalidPath));
      continue;
    }
    put(in(name), "content of " + name);
    kept.push_back(name);
  }
  if (!kept.empty()) {
    EXPECT_THAT(namesIn(in("")), testing::UnorderedElementsAreArray(kept));
  }
  for (const std::string& name : kept) {
    SCOPED_TRACE(name);
    EXPECT_EQ(statOf(in(name)).path, in(name));
    EXPECT_EQ(get(in(name)), "content of " + name);
  }
}

bool ProviderConformance::isForbidden(std::string_view name) const {
  const auto same = [&](const std::string& other) { return lowered(name) == lowered(other); };
  const auto isBase = [&](const std::string& base) {
    return lowered(name.substr(0, name.find('.', 1))) == lowered(base);
  };
  const auto begins = [&](const std::string& start) {
    return lowered(name).starts_with(lowered(start));
  };
  const auto ends = [&](const std::string& end) { return lowered(name).ends_with(lowered(end)); };
  return name.find_first_of(can_.forbiddenCharacters) != std::string_view::npos ||
         std::ranges::any_of(can_.forbiddenNames, same) ||
         std::ranges::any_of(can_.forbiddenBasenames, isBase) ||
         std::ranges::any_of(can_.forbiddenPrefixes, begins) ||
         std::ranges::any_of(can_.forbiddenExtensions, ends);
}

std::string patternOf(std::size_t size, unsigned seed) {
  std::string content(size, '\0');
  std::uint32_t state = seed * 2654435761U + 1;
  for (char& byte : content) {
    state = state * 1664525U + 1013904223U;
    byte = static_cast<char>(state >> 24U);
  }
  return content;
}

std::string readAll(IReadStream& stream) {
  constexpr std::size_t kBufferBytes = 64U << 10U;
  std::string content;
  std::vector<std::byte> buffer(kBufferBytes);
  while (const std::size_t count = stream.read(buffer)) {
    content.append(reinterpret_cast<const char*>(buffer.data()), count);
  }
  return content;
}

void write(IWriteStream& stream, std::string_view content) {
  stream.write(std::as_bytes(std::span(content)));
}

}  // namespace mediadock
