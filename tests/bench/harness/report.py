"""What was measured as Markdown: for the terminal, and for docs/performance.md."""

from metrics import METRICS, heading, shown


def bars_table(scenarios):
    rows = [
        (scenario["title"], bar_text(bar), bar_value(bar), "yes" if bar["holds"] else "**no**")
        for scenario in scenarios
        for bar in scenario["bars"]
    ]
    return _table(("scenario", "bar", "measured", "holds"), rows)


def scenario_table(scenario):
    medians = scenario["medians"]
    columns = [m for m in METRICS if any(m in measured for measured in medians.values())]
    rows = [
        (contender, *(shown(c, measured[c]) if c in measured else "–" for c in columns))
        for contender, measured in medians.items()
    ]
    return _table((scenario["title"], *map(heading, columns)), rows)


def bar_text(bar):
    sign = "≥" if bar["at_least"] else "≤"
    limit = f"{bar['limit']:g}"
    label = METRICS[bar["metric"]].label
    if bar["over"]:
        return f"{label} {sign} {limit} × {bar['over']}"
    unit = METRICS[bar["metric"]].unit
    return f"{label} {sign} {limit}" + (f" {unit}" if unit else "")


def bar_value(bar):
    if bar["over"]:
        return f"{bar['value']:.2f} ×"
    unit = METRICS[bar["metric"]].unit
    return shown(bar["metric"], bar["value"]) + (f" {unit}" if unit else "")


def conditions(results):
    machine = results["machine"]
    rounds = results["rounds"]
    how = f"medians of {rounds} rounds" if rounds > 1 else "a single round"
    extent = "quick run, whose figures mean nothing: " if results["quick"] else ""
    return (
        f"{results['date']}, {extent}{how}; {machine['cores']} cores, {machine['memory_gib']} GiB, "
        f"{machine['architecture']}, Linux {machine['kernel']}."
    )


def full_report(results):
    parts = [conditions(results), bars_table(results["scenarios"])]
    parts += map(scenario_table, results["scenarios"])
    return "\n\n".join(parts) + "\n"


def _table(header, rows):
    if not rows:
        return "No bar was measured."
    lines = [header, ["---"] * len(header), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)
