"""The rules are read at most once a request."""

from cpc.core.policy.queries import rules_read_once


class RulesOnce:
    """Every date of one page is counted under one reading of the rules; the next request reads them afresh."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        with rules_read_once():
            return self.get_response(request)
