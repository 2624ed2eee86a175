// A library like any other, but no plugin.

extern "C" __attribute__((visibility("default"))) int somethingElse();

extern "C" int somethingElse() {
  return 1;
}
