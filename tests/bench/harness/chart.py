"""The headline of each scenario as an SVG chart. It follows the reader's light or dark scheme."""

import html

from metrics import METRICS, heading, shown

WIDTH = 760
LABELS = 190
FIGURES = 110
ROW = 22
PANEL_HEAD = 44
MARGIN = 16
STYLE = """
  text { font: 13px system-ui, sans-serif; fill: #1f2328 }
  .title { font-weight: 600 }
  .note, .figure { fill: #59636e }
  .peer { fill: #afb8c1 }
  .host { fill: #0969da }
  .goal { stroke: #cf222e; stroke-width: 2 }
  @media (prefers-color-scheme: dark) {
    text { fill: #e6edf3 }
    .note, .figure { fill: #9198a1 }
    .peer { fill: #57606a }
    .host { fill: #4493f8 }
    .goal { stroke: #ff7b72 }
  }
"""


def draw(results):
    """The whole SVG document."""
    panels = [s for s in results["scenarios"] if s["name"] != "parsers"]
    top = MARGIN
    body = []
    for scenario in panels:
        body += _panel(scenario, top)
        top += PANEL_HEAD + ROW * len(scenario["medians"]) + MARGIN
    body.append(
        _text(MARGIN, top + 4, "note", "Red line: where the host has to be, to the right of it "
              "where more is better, else to the left.")
    )
    height = top + MARGIN
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img" '
        f'aria-label="Mediadock beside its peers">\n<style>{STYLE}</style>\n'
        + "\n".join(body)
        + "\n</svg>\n"
    )


def goal_of(scenario):
    """The headline that the strictest bar asks for, or None."""
    metric = scenario["headline"]
    bars = [bar for bar in scenario["bars"] if bar["metric"] == metric]
    goals = [
        bar["limit"] * (scenario["medians"][bar["over"]][metric] if bar["over"] else 1)
        for bar in bars
    ]
    if not goals:
        return None
    return max(goals) if bars[0]["at_least"] else min(goals)


def _panel(scenario, top):
    metric = scenario["headline"]
    values = {name: measured[metric] for name, measured in scenario["medians"].items()}
    goal = goal_of(scenario)
    most = max([*values.values(), goal or 0]) or 1
    scale = (WIDTH - LABELS - FIGURES - MARGIN) / most
    parts = [
        _text(MARGIN, top + 14, "title", scenario["title"]),
        _text(MARGIN, top + 32, "note", heading(metric)),
    ]
    y = top + PANEL_HEAD
    for name, value in values.items():
        kind = "host" if name.startswith("mediadock") else "peer"
        width = max(value * scale, 1)
        parts.append(_text(MARGIN, y + 13, "label", name))
        parts.append(
            f'<rect class="{kind}" x="{LABELS}" y="{y + 2}" width="{width:.1f}" height="{ROW - 6}"/>'
        )
        figure = f"{shown(metric, value)} {METRICS[metric].unit}".strip()
        parts.append(_text(LABELS + width + 8, y + 14, "figure", figure))
        y += ROW
    if goal is not None:
        x = LABELS + goal * scale
        parts.append(
            f'<line class="goal" x1="{x:.1f}" x2="{x:.1f}" y1="{top + PANEL_HEAD}" y2="{y - 2}"/>'
        )
    return parts


def _text(x, y, kind, text):
    return f'<text class="{kind}" x="{x:.1f}" y="{y}">{html.escape(text)}</text>'
