"""What the scenarios share."""


class Scenario:
    title = ""
    headline = ""
    bars = ()

    def __init__(self, stage, contenders):
        self.stage = stage
        self.sizes = stage.sizes
        self.contenders = contenders

    def measure(self, contender):
        raise NotImplementedError

    def once(self, contender):
        return {}
