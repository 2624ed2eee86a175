"""What a scenario gets to play on: folders, programs, sizes. All is gone behind it."""

import contextlib
import dataclasses
import pathlib
import resource
import shutil
import tempfile

from processes import Process

SHARED_MEMORY = pathlib.Path("/dev/shm")
NEEDED_BYTES = 8 << 30


@dataclasses.dataclass(frozen=True)
class Sizes:
    """How much is measured."""

    rounds: int = 5
    seconds: int = 5
    large_bytes: int = 1 << 30
    busy_bytes: int = 4 << 20
    entries: int = 10000
    many_entries: int = 100000
    idle: int = 9000
    photographs: int = 60


FULL = Sizes()
# Enough to see that everything works. The figures mean nothing.
QUICK = Sizes(1, 1, 32 << 20, 1 << 20, 200, 2000, 300, 6)


class Stage(contextlib.ExitStack):
    """Leaving its `with` block ends the programs in the reverse order of their start."""

    def __init__(self, build, sizes, left_out=()):
        super().__init__()
        self.build = pathlib.Path(build)
        self.sizes = sizes
        self._left_out = left_out
        # Files in memory, so that no disk is measured.
        roomy = SHARED_MEMORY.is_dir() and shutil.disk_usage(SHARED_MEMORY).free > NEEDED_BYTES
        place = SHARED_MEMORY if roomy else None
        temporary = tempfile.TemporaryDirectory(prefix="mediadock-bench-", dir=place)
        self._home = pathlib.Path(self.enter_context(temporary))
        self._names = 0

    def folder(self, name):
        """A new folder."""
        self._names += 1
        made = self._home / f"{name.replace(' ', '-')}-{self._names}"
        made.mkdir()
        return made

    def log(self, name):
        return self.folder(name + "-log") / "log"

    def program(self, name):
        return self.build / "bin" / name

    def start(self, command, name, environment=None):
        """Started now, ended with the stage. What it puts aside for a while is in memory, too."""
        environment = {"TMPDIR": str(self._home), **(environment or {})}
        return self.enter_context(Process(command, self.log(name), environment))

    def part(self):
        """A stage for something that ends before this one does."""
        return Stage(self.build, self.sizes, self._left_out)

    def wants(self, peer):
        return peer not in self._left_out


def allow_many_descriptors():
    """For this process and those that it starts."""
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
