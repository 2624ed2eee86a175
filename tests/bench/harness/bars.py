"""What the host has to reach, and whether it does."""

import dataclasses
import typing


@dataclasses.dataclass(frozen=True)
class Bar:
    """`metric` of `contender` against `limit`; where `over` is given, against that times the same
    metric of another contender."""

    metric: str
    limit: float
    at_least: bool
    over: typing.Optional[str] = None
    contender: str = "mediadock"

    def judge(self, medians):
        """Nothing where one of the two was not measured."""
        value = medians.get(self.contender, {}).get(self.metric)
        base = medians.get(self.over, {}).get(self.metric) if self.over else 1.0
        if value is None or not base:
            return None
        ratio = value / base
        return {
            **dataclasses.asdict(self),
            "value": ratio,
            "holds": ratio >= self.limit if self.at_least else ratio <= self.limit,
        }


def at_least(limit, metric, over=None):
    return Bar(metric, limit, True, over)


def at_most(limit, metric, over=None):
    return Bar(metric, limit, False, over)
