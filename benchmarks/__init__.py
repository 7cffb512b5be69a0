"""How fast it is, beside other ways of doing the same: see `benchmarks.run`."""

import logging

# Before anything else is imported: Streamlit warns of each cache that is used without a server.
logging.disable(logging.WARNING)
