"""`python -m bot` is `tryggve`."""

import sys

from bot.commands import main

sys.exit(main())
