"""The settings of the demonstration: the product's, with the invented council, its own clock and no HTTPS."""

import os

os.environ.setdefault("CPC_HTTPS", "off")

from cpc.settings import *  # noqa: F403
from cpc.settings import INSTALLED_APPS, MIDDLEWARE, env

CPC_DEMO = True
CPC_CLOCK = env("CPC_CLOCK", default="")
INSTALLED_APPS = [*INSTALLED_APPS, "demo"]
if CPC_CLOCK:
    MIDDLEWARE = ["demo.travel.ClockMiddleware", *MIDDLEWARE]
