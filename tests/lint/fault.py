"""A fault that a rule finds."""
from collections import namedtuple

Fault = namedtuple("Fault", "path line rule what")
