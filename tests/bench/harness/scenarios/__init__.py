"""The scenarios by name, in the order of a full run. Each is made on a stage and then has

title       what is measured, for people
headline    the metric of the chart
bars        what the host has to reach
contenders  who is measured, by name
measure(contender)  one round: metrics by name
once(contender)     what is measured a single time, behind the rounds
"""

from scenarios.browse import Browse, BrowseMemory
from scenarios.busy import Busy
from scenarios.cached_get import CachedGet
from scenarios.idle import Idle
from scenarios.large import Download, Upload
from scenarios.media_tab import MediaTab
from scenarios.parsers import Parsers
from scenarios.small_get import SmallGet

ALL = {
    "small_get_32": lambda stage: SmallGet(stage, 32),
    "small_get_256": lambda stage: SmallGet(stage, 256),
    "cached_get": CachedGet,
    "download": Download,
    "upload": Upload,
    "browse": Browse,
    "browse_memory": BrowseMemory,
    "busy": Busy,
    "idle": Idle,
    "media_tab": MediaTab,
    "parsers": Parsers,
}
